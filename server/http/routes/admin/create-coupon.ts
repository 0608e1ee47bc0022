import { CouponReply, CreateCouponBody } from '../../../../contract/admin.ts';
import { Problem } from '../../../../contract/common.ts';
import { createCoupon } from '../../../catalog/create-coupon.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

export function createCouponRoute(app: App, context: Context): void {
  app.post(
    '/api/admin/v1/coupons',
    {
      config: { action: 'coupons.change' },
      schema: {
        tags: ['admin: coupons'],
        operationId: 'adminCreateCoupon',
        summary: 'A new coupon',
        body: CreateCouponBody,
        response: { 201: CouponReply, 409: Problem },
      },
    },
    async (request, reply) => {
      const outcome = await createCoupon(context, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'created') throw editProblem(outcome, 'not_found');
      return reply.code(201).send({ coupon: outcome.coupon });
    },
  );
}
