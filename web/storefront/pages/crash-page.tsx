import { Button } from '@mantine/core';
import { IconBandage } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../shop-texts.ts';

/** Also shown when a page's script cannot load, which after an upgrade of the shop a reload cures. */
export function CrashPage() {
  const t = useTexts();
  return (
    <EmptyState asPage icon={<IconBandage size={32} />} title={t('crash.title')} hint={t('crash.hint')}>
      <Button onClick={() => location.reload()}>{t('crash.reload')}</Button>
    </EmptyState>
  );
}
