import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { AuditPanel } from './audit-panel.tsx';
import { DegradePanel } from './degrade-panel.tsx';
import { DoctorPanel } from './doctor-panel.tsx';
import { DisksPanel, FactsPanel } from './facts-panel.tsx';
import { ProcessesTable } from './processes-table.tsx';
import { ScansTable } from './scans-table.tsx';
import classes from './system.module.css';
import { systemQuery } from './system-api.ts';
import { useSystemTexts } from './system-texts.ts';

export function SystemPage() {
  const t = useSystemTexts();
  const { data: system, error, refetch } = useQuery(systemQuery);
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')} />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!system && !error && <Skeleton height={420} radius="lg" />}
      {system && (
        <>
          <div className={classes.grid}>
            <DoctorPanel />
            <AuditPanel before={system.lastAudit} />
            <FactsPanel system={system} />
            <div className="cw-stack">
              <DisksPanel disks={system.disks} />
              <DegradePanel />
            </div>
          </div>
          <ProcessesTable processes={system.processes} />
          <ScansTable scans={system.scans} />
        </>
      )}
    </div>
  );
}
