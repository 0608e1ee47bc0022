import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Overview } from '../../../contract/admin-overview.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';
import type { Range } from './range.ts';

export const overviewQuery = ({ from, to, stepMs }: Range) =>
  queryOptions({
    queryKey: ['overview', from, to, stepMs],
    queryFn: ({ signal }) => call<Overview>(`/overview${searchText({ from, to, stepMs })}`, { signal }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
