/** What orchestrators ask: is the process alive, may it take traffic. */
import { Type } from 'typebox';
import { Problem } from '../../../contract/common.ts';
import type { Context } from '../../context.ts';
import { sleep } from '../../platform/clock.ts';
import { ping } from '../../platform/db/ping.ts';
import type { App } from '../app-type.ts';
import { ProblemError } from '../problem.ts';

/** A database that takes longer is not one to send buyers to. */
const databaseAnswersWithinMs = 1000;

const Health = Type.Object({ status: Type.Literal('ok') });
const ok = { status: 'ok' } as const;
/** A process that takes orders stays in the balance while the database is away: it waits a while, then records them. */
const Readiness = Type.Object({
  status: Type.Unsafe<'ok' | 'waiting' | 'degraded' | 'replaying'>({
    type: 'string',
    enum: ['ok', 'waiting', 'degraded', 'replaying'],
  }),
});

export function healthRoutes(app: App, { stopping, database, degrade, roles }: Context): void {
  const takesOrders = roles.has('order') || roles.has('payment');
  const schema = { tags: ['operations'], security: [] };
  app.get(
    '/healthz',
    { schema: { ...schema, operationId: 'healthz', summary: 'The process is alive', response: { 200: Health } } },
    () => ok,
  );
  app.get(
    '/readyz',
    {
      schema: {
        ...schema,
        operationId: 'readyz',
        summary: 'The process may take traffic',
        response: { 200: Readiness, 503: Problem },
      },
    },
    async () => {
      if (stopping.signal.aborted) throw new ProblemError('shutting_down');
      const mode = degrade.mode();
      if (takesOrders && mode !== 'normal') return { status: mode };
      const answered = ping(database.read).catch(() => false);
      if (!(await Promise.race([answered, sleep(databaseAnswersWithinMs)]))) {
        if (takesOrders) return { status: 'waiting' as const };
        throw new ProblemError('database_unavailable');
      }
      return ok;
    },
  );
}
