import { Type } from 'typebox';
import { IdParams, VersionQuery } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { deleteCoupon } from '../../../catalog/delete-coupon.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function deleteCouponRoute(app: App, context: Context): void {
  app.delete(
    '/api/admin/v1/coupons/:id',
    {
      config: { action: 'coupons.change' },
      schema: {
        tags: ['admin: catalogue'],
        operationId: 'adminDeleteCoupon',
        summary: 'Removes a coupon that nobody used; switch any other off',
        params: IdParams,
        querystring: VersionQuery,
        response: { 204: Type.Null(), 404: Problem, 409: Problem },
      },
    },
    async (request, reply) => {
      const input = { ...request.params, ...request.query, ...actorOf(request) };
      const outcome = await deleteCoupon(context, input);
      if (outcome.kind !== 'deleted') throw editProblem(outcome, 'not_found');
      return reply.code(204).send(null);
    },
  );
}
