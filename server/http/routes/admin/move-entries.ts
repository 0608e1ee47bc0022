import { Type } from 'typebox';
import { IdParams, MoveBody } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import type { ProblemCode } from '../../../../contract/problems.ts';
import { moveEntry } from '../../../catalog/move-entry.ts';
import type { Movable } from '../../../catalog/position-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

const kinds: readonly { what: Movable; path: string; operationId: string; missing: ProblemCode }[] = [
  { what: 'category', path: 'categories', operationId: 'adminMoveCategory', missing: 'category_not_found' },
  { what: 'product', path: 'products', operationId: 'adminMoveProduct', missing: 'product_not_found' },
  { what: 'sku', path: 'skus', operationId: 'adminMoveSku', missing: 'sku_not_found' },
];

/** Categories, products, and variants of one product, in the order that buyers see. */
export function moveEntryRoutes(app: App, context: Context): void {
  for (const { what, path, operationId, missing } of kinds) {
    app.post(
      `/api/admin/v1/${path}/:id/move`,
      {
        config: { action: 'catalogue.change' },
        schema: {
          tags: ['admin: catalogue'],
          operationId,
          summary: 'Puts it before or after another one',
          params: IdParams,
          body: MoveBody,
          response: { 204: Type.Null(), 404: Problem },
        },
      },
      async (request, reply) => {
        const outcome = await moveEntry(context, { what, ...request.params, ...request.body, ...actorOf(request) });
        if (outcome.kind !== 'moved') throw editProblem(outcome, missing);
        return reply.code(204).send(null);
      },
    );
  }
}
