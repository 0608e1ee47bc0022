import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DoctorReply } from '../../../contract/system.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { useFindingWords } from './findings/finding-words.ts';
import classes from './system.module.css';
import { doctorQuery } from './system-api.ts';
import { useSystemTexts } from './system-texts.ts';

const tones = { ok: 'good', warn: 'wait', bad: 'bad' } as const;
const gravity = { bad: 0, warn: 1, ok: 2 } as const;

/** What `cardwell doctor` says, the gravest first. */
export function DoctorPanel() {
  const t = useSystemTexts();
  const { data, error, refetch, isFetching } = useQuery(doctorQuery);
  const checks = [...(data?.checks ?? [])].sort((a, b) => gravity[a.level] - gravity[b.level]);
  const [fine, others] = [checks.filter(({ level }) => level === 'ok'), checks.filter(({ level }) => level !== 'ok')];
  return (
    <section className="cw-panel" aria-labelledby="system-doctor">
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 id="system-doctor" className="cw-section-title">
            {t('doctor.title')}
          </h2>
          <p className={classes.lead}>{t('doctor.lead')}</p>
        </div>
        <Button variant="default" size="compact-md" loading={isFetching} onClick={() => void refetch()}>
          {t('doctor.again')}
        </Button>
      </div>
      {error && <ProblemNotice problem={error} />}
      {!data && !error && <Skeleton height={120} radius="md" mt={12} />}
      {data && others.length === 0 && <p className={classes.verdict}>{t('doctor.fine', { count: fine.length })}</p>}
      <Checks checks={others} />
      {fine.length > 0 && (
        <details className={classes.more}>
          <summary>{t('doctor.showFine', { count: fine.length })}</summary>
          <Checks checks={fine} />
        </details>
      )}
    </section>
  );
}

function Checks({ checks }: Pick<DoctorReply, 'checks'>) {
  const t = useSystemTexts();
  const wordsOf = useFindingWords();
  if (checks.length === 0) return null;
  return (
    <ul className={classes.list}>
      {checks.map((check) => {
        const { name, says, isForeign } = wordsOf(check);
        return (
          <li key={check.name + check.says} className={classes.row} data-code={check.code}>
            <StatusBadge tone={tones[check.level]}>{t(`level.${check.level}`)}</StatusBadge>
            <div lang={isForeign ? 'en' : undefined}>
              <p>{name}</p>
              <p className={classes.small}>{says}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
