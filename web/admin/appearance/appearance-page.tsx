import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { appearanceQuery } from './appearance-api.ts';
import { parts } from './appearance-draft.ts';
import { AppearanceForm } from './appearance-form.tsx';
import classes from './appearance-page.module.css';
import { useAppearanceTexts } from './appearance-texts.ts';
import { LegalTexts } from './legal-texts.tsx';

const tabs = [...parts, 'legal'] as const;
type Tab = (typeof tabs)[number];
const isTab = (value: unknown): value is Tab => (tabs as readonly unknown[]).includes(value);

export function AppearancePage() {
  const t = useAppearanceTexts();
  const common = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ from: '/desk/appearance' });
  const { data, error, refetch } = useQuery(appearanceQuery);
  const tab: Tab = isTab(search.tab) ? search.tab : 'look';
  const show = (next: Tab) => void navigate({ to: '/appearance', search: { tab: next }, replace: true });
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <Button
          component="a"
          href="/"
          target="_blank"
          rel="noopener"
          variant="default"
          rightSection={<IconExternalLink size={16} aria-hidden />}
        >
          {common('home.openShop')}
        </Button>
      </PageHead>
      <div className={classes.tabs}>
        <SegmentedControl
          aria-label={t('tab.label')}
          value={tab}
          onChange={(value) => isTab(value) && show(value)}
          data={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
        />
      </div>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {/* Kept while the legal texts are shown: something may have been typed. */}
      {data && (
        <div hidden={tab === 'legal'}>
          <AppearanceForm appearance={data} part={tab === 'legal' ? 'look' : tab} onPart={show} />
        </div>
      )}
      {tab === 'legal' && <LegalTexts />}
    </div>
  );
}
