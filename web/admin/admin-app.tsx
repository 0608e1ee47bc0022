import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { LogInPage } from './access/log-in-page.tsx';
import { OwnersOnly } from './access/owners-only.tsx';
import { SetUpPage } from './access/set-up-page.tsx';
import { useFragment, usePlace } from './address.ts';
import { useTexts } from './admin-texts.ts';
import { HomePage } from './home/home-page.tsx';
import { Shell } from './shell/shell.tsx';

export function AdminApp() {
  return (
    <Shell>
      <Page />
    </Shell>
  );
}

function Page() {
  const t = useTexts();
  const place = usePlace();
  const fragment = useFragment();
  if (place === '/setup') return <SetUpPage key={fragment} token={fragment} />;
  if (place === '/login') return <LogInPage />;
  if (place === '/') return <OwnersOnly>{(owner) => <HomePage owner={owner} />}</OwnersOnly>;
  return (
    <EmptyState asPage icon={<IconMapOff size={32} />} title={t('shell.nothingHere')}>
      <Button component="a" href="/admin/">
        {t('shell.toHome')}
      </Button>
    </EmptyState>
  );
}
