import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './money.module.css';
import { askChannel } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';

/** Asks the channel at once what became of a payment, and tells what it said. */
export function AskChannel({ id, onAnswer }: { id: string; onAnswer: () => void }) {
  const t = useMoneyTexts();
  const asking = useMutation({ mutationFn: () => askChannel(id), onSuccess: onAnswer });
  return (
    <div className={classes.ask}>
      <Button
        variant="default"
        leftSection={<IconRefresh size={18} aria-hidden />}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {t('ask')}
      </Button>
      {asking.data && (
        <p role="status" className={classes.answer}>
          {t(`ask.${asking.data.outcome}`, { reason: asking.data.reason ?? '' })}
        </p>
      )}
      {asking.error && <ProblemNotice problem={asking.error} />}
    </div>
  );
}
