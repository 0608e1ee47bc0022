import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './request-json.ts';

/**
 * Reads are tried again when the shop is busy or away; a definite answer such as "not found" is shown at once.
 * `onProblem` hears of every call that failed for good.
 */
export function createQueryClient(onProblem: (problem: unknown) => void = () => undefined): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: onProblem }),
    mutationCache: new MutationCache({ onError: onProblem }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, problem) =>
          problem instanceof ApiProblem && problem.isPassing && problem.status !== 429 && failures < 3,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4000),
        // The browser's own idea of being offline is often wrong on phones; a failed call says it better.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
