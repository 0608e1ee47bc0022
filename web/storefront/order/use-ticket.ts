import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../ui/request-json.ts';
import { getTicket } from '../api.ts';

const askEveryMs = 2_000;
/** The machine that took it may be the only one that knows of it for a while. */
const unknownForMs = 30 * 60_000;

/** What became of an order that the shop only recorded; asks until there is an answer that lasts. */
export function useTicket(id: string, token: string, savedAtMs: number) {
  return useQuery({
    queryKey: ['ticket', id],
    queryFn: async ({ signal }) => {
      try {
        return (await getTicket(id, token, signal)).ticket;
      } catch (problem) {
        const mayWait = problem instanceof ApiProblem && (problem.isPassing || problem.status === 404);
        if (!mayWait || Date.now() - savedAtMs > unknownForMs) throw problem;
        return { id, status: 'waiting' as const, createdAt: savedAtMs };
      }
    },
    refetchInterval: ({ state }) =>
      state.data?.status === 'placed' || state.data?.status === 'refused' ? false : askEveryMs,
    refetchIntervalInBackground: true,
  });
}
