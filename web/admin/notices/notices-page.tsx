import { SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IfMay } from '../access/if-may.tsx';
import { PageHead } from '../list/page-head.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../use-title.ts';
import { DeliveryList } from './delivery-list.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import { TargetList } from './target-list.tsx';
import { WaitList } from './wait-list.tsx';

export function NoticesPage() {
  const t = useNoticeTexts();
  const { tab } = useSearch({ from: '/desk/notices' });
  const navigate = useNavigate({ from: '/notices' });
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <IfMay action="notices.change">
          <LinkButton to="/notices/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('create')}
          </LinkButton>
        </IfMay>
      </PageHead>
      <SegmentedControl
        aria-label={t('title')}
        value={tab ?? 'targets'}
        onChange={(next) => void navigate({ search: next === 'targets' ? {} : { tab: next }, replace: true })}
        data={[
          { value: 'targets', label: t('tab.targets') },
          { value: 'log', label: t('tab.log') },
          { value: 'waits', label: t('tab.waits') },
        ]}
      />
      {tab === 'log' ? <DeliveryList /> : tab === 'waits' ? <WaitList /> : <TargetList />}
    </div>
  );
}
