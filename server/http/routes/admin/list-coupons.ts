import { CouponList, CouponListQuery } from '../../../../contract/admin.ts';
import { searchCoupons } from '../../../catalog/coupon-store.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listCouponsRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/coupons',
    {
      config: { action: 'coupons.read' },
      schema: {
        tags: ['admin: coupons'],
        operationId: 'adminListCoupons',
        summary: 'Coupons, the newest first',
        querystring: CouponListQuery,
        response: { 200: CouponList },
      },
    },
    async ({ query }) => {
      const { page, pageSize } = query;
      return { ...(await searchCoupons(database.read, query)), page, pageSize };
    },
  );
}
