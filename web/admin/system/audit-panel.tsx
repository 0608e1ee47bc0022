import { Button } from '@mantine/core';
import type { JobView, Rehearsal } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { CheckList } from './check-list.tsx';
import classes from './system.module.css';
import { useJobs } from './system-api.ts';
import { useSystemTexts } from './system-texts.ts';

/** Every invariant, proved by the worker when somebody asks. */
export function AuditPanel({ before }: { before: JobView | null }) {
  const t = useSystemTexts();
  const jobs = useJobs();
  const open = jobs.open('audit');
  const last = jobs.last('audit') ?? before;
  return (
    <section className="cw-panel" aria-labelledby="system-audit">
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 id="system-audit" className="cw-section-title">
            {t('audit.title')}
          </h2>
          <p className={classes.lead}>{t('audit.lead')}</p>
        </div>
        <IfMay action="system.run">
          <Button
            size="compact-md"
            loading={jobs.isAsking || open !== undefined}
            onClick={() => jobs.run({ kind: 'audit' })}
          >
            {t('audit.run')}
          </Button>
        </IfMay>
      </div>
      {jobs.error !== null && <ProblemNotice problem={jobs.error} />}
      <div role="status">
        {open ? (
          <p className={classes.verdict}>
            {open.progress ? t('audit.running', { progress: open.progress }) : t('audit.waiting')}
          </p>
        ) : (
          <Verdict job={last} />
        )}
      </div>
    </section>
  );
}

function Verdict({ job }: { job: JobView | null | undefined }) {
  const t = useSystemTexts();
  const dateTime = useDateTime();
  if (!job) return <p className={classes.verdict}>{t('audit.never')}</p>;
  if (job.status === 'failed')
    return (
      <p className={classes.verdict} data-bad="true">
        {t('audit.failed', { error: job.error ?? '' })}
      </p>
    );
  const { checks } = job.result as Pick<Rehearsal, 'checks'>;
  const broken = checks.filter(({ ok }) => !ok).length;
  const at = dateTime(job.finishedAt ?? job.requestedAt);
  return (
    <>
      <p className={classes.verdict} data-bad={broken > 0}>
        {broken > 0 ? t('audit.broken', { count: broken, at }) : t('audit.ok', { count: checks.length, at })}
      </p>
      <CheckList checks={checks} />
    </>
  );
}
