/** Who is signed in. `null` is known to be nobody. */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiProblem } from '../../ui/request-json.ts';
import { type Person, whoAmI } from '../api.ts';

const isSignedOut = (problem: unknown) => problem instanceof ApiProblem && problem.code === 'unauthorized';

export const ownerQuery = queryOptions({
  queryKey: ['owner'],
  queryFn: (): Promise<Person | null> =>
    whoAmI().catch((problem: unknown) => {
      if (isSignedOut(problem)) return null;
      throw problem;
    }),
  staleTime: 60_000,
});

export function rememberOwner(client: QueryClient, owner: Person | null): void {
  if (!owner) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'owner' && queryKey[0] !== 'shop' });
  client.setQueryData(ownerQuery.queryKey, owner);
}

/** A session that ended meanwhile shows itself on the next call, whichever that is. */
export function forgetOwner(client: QueryClient, problem: unknown): void {
  if (isSignedOut(problem)) rememberOwner(client, null);
  // The proof of another session is in hand: somebody signed in again in a second tab.
  if (problem instanceof ApiProblem && problem.code === 'csrf_failed') {
    void client.invalidateQueries({ queryKey: ownerQuery.queryKey });
  }
}
