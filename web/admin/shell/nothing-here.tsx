import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTexts } from '../admin-texts.ts';
import { LinkButton } from './link-button.tsx';

export function NothingHere() {
  const t = useTexts();
  return (
    <EmptyState asPage icon={<IconMapOff size={32} />} title={t('shell.nothingHere')}>
      <LinkButton to="/">{t('shell.toHome')}</LinkButton>
    </EmptyState>
  );
}
