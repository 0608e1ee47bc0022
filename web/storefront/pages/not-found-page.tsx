import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useTexts } from '../shop-texts.ts';

export function NotFoundPage() {
  const t = useTexts();
  useTitle(t('notFound.title'));
  return (
    <EmptyState asPage icon={<IconMapQuestion size={32} />} title={t('notFound.title')} hint={t('notFound.hint')}>
      <LinkButton to="/">{t('notFound.home')}</LinkButton>
    </EmptyState>
  );
}
