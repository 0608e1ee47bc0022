import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { useWait } from '../../ui/use-wait.ts';
import { Totals } from '../cart/totals.tsx';
import { shopQuery } from '../queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTexts } from './checkout-texts.ts';
import classes from './submit-panel.module.css';
import { TermsNote } from './terms-note.tsx';

interface Props {
  totals: ReadonlyMap<string, number>;
  problem: Error | null;
  isSending: boolean;
  /** Why the order cannot be sent now, in the buyer's words. */
  cannot: string | undefined;
}

export function SubmitPanel({ totals, problem, isSending, cannot }: Props) {
  const t = useTexts();
  const isRecording = useQuery(shopQuery).data?.recording ?? false;
  const waitS = useWait(problem);
  const mayRetry = problem instanceof ApiProblem && problem.isPassing;
  const label = isSending
    ? t('checkout.submitting')
    : waitS > 0
      ? t('checkout.retryIn', { seconds: waitS })
      : mayRetry
        ? t('checkout.retry')
        : t('checkout.submit');
  return (
    <div className={classes.panel}>
      {problem && (
        <ProblemNotice problem={problem}>
          {mayRetry && <div>{t('checkout.kept')}</div>}
          {problem instanceof ApiProblem && problem.code === 'too_many_open_orders' && (
            <LinkButton to="/orders" variant="default" size="compact-sm" mt={8}>
              {t('checkout.unpaidOrders')}
            </LinkButton>
          )}
        </ProblemNotice>
      )}
      {cannot && <div className={classes.cannot}>{cannot}</div>}
      <div className={classes.bar}>
        <Totals label={t('checkout.subtotal')} totals={totals} />
        <Button
          type="submit"
          size="lg"
          className={classes.submit}
          loading={isSending}
          disabled={Boolean(cannot) || waitS > 0}
          leftSection={<IconLock size={18} aria-hidden />}
        >
          {label}
        </Button>
      </div>
      <TermsNote />
      <p className={classes.reserve}>{t(isRecording ? 'checkout.recorded' : 'checkout.reserve')}</p>
    </div>
  );
}
