import { Loader } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import { checkSetupLink } from '../api.ts';
import { useTitle } from '../use-title.ts';
import { AccessCard } from './access-card.tsx';
import { DeadLink } from './dead-link.tsx';
import { SetUpForm } from './set-up-form.tsx';

/** What is typed must not vanish because the window was left for the password manager: asked once, never again. */
const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup-link', token],
    queryFn: () => checkSetupLink(token),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Where the link leads that a new shop prints: whoever holds it becomes the owner. */
export function SetUpPage() {
  const token = useLocation({ select: (location) => location.hash });
  // Another link opened in the same tab starts over.
  return <OneLink key={token} token={token} />;
}

function OneLink({ token }: { token: string }) {
  const t = useTexts();
  const { data: state, error, refetch } = useQuery(linkQuery(token));
  const [wasUsed, setWasUsed] = useState(false);
  useTitle(t('setup.title'));

  if (token === '') return <DeadLink reason="incomplete" ownerExists={false} />;
  if (wasUsed || state?.linkValid === false) {
    return <DeadLink reason="used" ownerExists={wasUsed || state?.ownerExists === true} />;
  }
  return (
    <AccessCard
      icon={<IconKey size={26} />}
      title={state?.ownerExists ? t('setup.titleAgain') : t('setup.title')}
      lead={state?.ownerExists ? t('setup.leadAgain') : t('setup.lead')}
    >
      {state && <SetUpForm token={token} onLinkUsed={() => setWasUsed(true)} />}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!state && !error && <Loader aria-label={t('setup.checking')} mx="auto" my={40} display="block" />}
    </AccessCard>
  );
}
