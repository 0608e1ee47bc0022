import { Button } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../admin-texts.ts';

/** Also what a page shows whose script is gone because a newer console was installed: loading it again brings the new one. */
export function CrashPage() {
  const t = useTexts();
  return (
    <EmptyState asPage icon={<IconRefreshAlert size={32} />} title={t('shell.crashed')} hint={t('shell.crashedHint')}>
      <Button onClick={() => location.reload()}>{t('shell.reload')}</Button>
    </EmptyState>
  );
}
