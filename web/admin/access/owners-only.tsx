import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import type { Person } from '../api.ts';
import { ownerQuery } from './owner.ts';

/** Shows its page to who is signed in, and the sign-in to everybody else. */
export function OwnersOnly({ children }: { children: (owner: Person) => ReactNode }) {
  const t = useTexts();
  const navigate = useNavigate();
  const { data: owner, error, refetch } = useQuery(ownerQuery);
  // It takes the place of the page: behind the sign-in there is nothing to go back to.
  useEffect(() => {
    if (owner === null) void navigate({ to: '/login', replace: true });
  }, [owner, navigate]);
  if (owner) return children(owner);
  return (
    <div className="cw-page">
      {error ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : (
        <Loader aria-label={t('shell.loading')} mx="auto" my={80} display="block" />
      )}
    </div>
  );
}
