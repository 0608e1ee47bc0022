import { CouponReply, UpdateCouponBody } from '../../../../contract/admin.ts';
import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { Problem } from '../../../../contract/common.ts';
import { updateCoupon } from '../../../catalog/update-coupon.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function updateCouponRoute(app: App, context: Context): void {
  app.patch(
    '/api/admin/v1/coupons/:id',
    {
      config: { action: 'coupons.change' },
      schema: {
        tags: ['admin: coupons'],
        operationId: 'adminUpdateCoupon',
        summary: 'Changes the fields given; status off ends it',
        params: IdParams,
        body: UpdateCouponBody,
        response: { 200: CouponReply, 404: Problem, 409: Problem },
      },
    },
    async (request) => {
      const outcome = await updateCoupon(context, { ...request.body, ...request.params, ...actorOf(request) });
      if (outcome.kind !== 'changed') throw editProblem(outcome, 'not_found');
      return { coupon: outcome.coupon };
    },
  );
}
