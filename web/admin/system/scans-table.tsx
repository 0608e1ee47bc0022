import { Button } from '@mantine/core';
import type { ScanView } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useMay } from '../access/may.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { zh } from './locales/zh.ts';
import classes from './system.module.css';
import { useJobs } from './system-api.ts';
import { useSystemTexts } from './system-texts.ts';

type ScanText = Extract<keyof typeof zh, `scan.${string}`>;
const hasText = (key: string): key is ScanText => Object.hasOwn(zh, key);

/** Each patrol, when it last ran, and a button to run it now. */
export function ScansTable({ scans }: { scans: readonly ScanView[] }) {
  const t = useSystemTexts();
  const dateTime = useDateTime();
  const may = useMay();
  const jobs = useJobs();
  const nameOf = ({ name, says }: Pick<ScanView, 'name' | 'says'>) => {
    const key = `scan.${name}`;
    return hasText(key) ? t(key) : says;
  };
  const resultOf = ({ error, found, mended }: Pick<ScanView, 'error' | 'found' | 'mended'>) => {
    if (error) return t('scans.failed', { error });
    return found ? t('scans.found', { found, mended: mended ?? 0 }) : t('scans.nothing');
  };
  const columns: Column<ScanView>[] = [
    { key: 'name', title: t('scans.name'), main: true, cell: nameOf },
    { key: 'last', title: t('scans.last'), cell: ({ lastAt }) => (lastAt ? dateTime(lastAt) : t('scans.never')) },
    { key: 'result', title: t('scans.result'), cell: (scan) => (scan.lastAt ? resultOf(scan) : '—') },
  ];
  const open = jobs.open('scan');
  const run: Column<ScanView> = {
    key: 'run',
    title: '',
    end: true,
    cell: (scan) => (
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('scans.runNamed', { name: nameOf(scan) })}
        loading={(open?.params as { scan?: string } | undefined)?.scan === scan.name}
        onClick={() => jobs.run({ kind: 'scan', scan: scan.name })}
      >
        {t('scans.run')}
      </Button>
    ),
  };
  const failed = scans.filter(({ error }) => error !== null);
  const last = jobs.last('scan');
  const ran = scans.find(({ name }) => name === (last?.params as { scan?: string } | undefined)?.scan);
  return (
    <section className="cw-panel" aria-labelledby="system-scans">
      <h2 id="system-scans" className="cw-section-title">
        {t('scans.title')}
      </h2>
      <p className={classes.lead}>{t('scans.lead')}</p>
      {jobs.error !== null && <ProblemNotice problem={jobs.error} />}
      <p role="status" className={classes.small}>
        {last && ran && (last.status === 'done' || last.status === 'failed')
          ? t('scans.done', {
              name: nameOf(ran),
              result: resultOf({
                error: last.error,
                ...((last.result as { found: number; mended: number } | null) ?? { found: 0, mended: 0 }),
              }),
            })
          : ''}
      </p>
      <p className={classes.verdict} data-bad={failed.length > 0}>
        {failed.length > 0
          ? t('scans.someFailed', { count: failed.length, names: failed.map(nameOf).join(', ') })
          : t('scans.allWell')}
      </p>
      <details className={classes.more}>
        <summary>{t('scans.show', { count: scans.length })}</summary>
        <DataTable
          label={t('scans.title')}
          columns={may('system.run') ? [...columns, run] : columns}
          rows={scans}
          rowKey={({ name }) => name}
        />
      </details>
    </section>
  );
}
