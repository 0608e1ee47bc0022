import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import classes from './delivery-list.module.css';
import { useNoticeTexts } from './notice-texts.ts';
import { testTarget } from './notices-api.ts';

/** Sends a message now, and shows what the service said. */
export function TestTarget({ id }: { id: number }) {
  const t = useNoticeTexts();
  const testing = useMutation({ mutationFn: () => testTarget(id) });
  return (
    <section className="cw-panel cw-stack" aria-label={t('test')}>
      <div className="cw-row">
        <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
          {t('test')}
        </Button>
        <span role="status">
          {testing.data &&
            (testing.data.ok ? (
              <StatusBadge tone="good">{t('test.ok', { ms: testing.data.tookMs })}</StatusBadge>
            ) : (
              <StatusBadge tone="bad">{t('test.bad')}</StatusBadge>
            ))}
        </span>
      </div>
      {testing.data && <p className={classes.why}>{t('test.answer', { answer: testing.data.answer })}</p>}
      {testing.error && <ProblemNotice problem={testing.error} />}
    </section>
  );
}
