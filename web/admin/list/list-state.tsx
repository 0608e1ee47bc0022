import { Button, Skeleton } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import classes from './list-state.module.css';

const skeletons = [1, 2, 3, 4, 5, 6];

interface Props {
  query: Pick<
    UseInfiniteQueryResult,
    'isPending' | 'error' | 'refetch' | 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage'
  >;
  count: number;
  empty: ReactNode;
  children: ReactNode;
}

/** What a list shows while it loads, when it failed, when nothing is in it, and below its rows while there are more. */
export function ListState({ query, count, empty, children }: Props) {
  const t = useTexts();
  if (query.isPending) {
    return (
      <div className={classes.waiting} aria-busy="true">
        {skeletons.map((key) => (
          <Skeleton key={key} height={52} radius="md" />
        ))}
      </div>
    );
  }
  return (
    <>
      {query.error && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {count === 0 && !query.error ? empty : children}
      {query.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
    </>
  );
}
