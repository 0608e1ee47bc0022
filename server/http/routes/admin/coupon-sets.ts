import { CouponSetList, GenerateCouponsBody, SwitchedOff } from '../../../../contract/admin.ts';
import { IdParams } from '../../../../contract/admin-catalogue.ts';
import { ReasonBody } from '../../../../contract/admin-orders.ts';
import { Problem } from '../../../../contract/common.ts';
import { listCouponSets } from '../../../catalog/coupon-set-store.ts';
import { generateCoupons } from '../../../catalog/generate-coupons.ts';
import { switchOffCoupons } from '../../../catalog/switch-off-set.ts';
import type { Context } from '../../../context.ts';
import { csvLine, csvStart } from '../../../platform/csv.ts';
import type { App } from '../../app-type.ts';
import { editProblem } from '../../edit-problems.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: coupons'];
const listed = 200;

export function couponSetRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListCouponSets',
    tags,
    summary: 'Codes that were made together, the newest first, with their uses',
    response: { 200: CouponSetList },
  };
  app.get('/api/admin/v1/coupon-sets', { config: { action: 'coupons.read' }, schema: list }, async () => ({
    sets: await listCouponSets(context.database.read, listed),
  }));
  const generate = {
    operationId: 'adminGenerateCoupons',
    tags,
    summary: 'Makes many codes with the same terms; they are in the reply, as a file, this once',
    body: GenerateCouponsBody,
    produces: ['text/csv'],
  };
  app.post(
    '/api/admin/v1/coupon-sets',
    { config: { action: 'coupons.change' }, schema: generate },
    async (request, reply) => {
      const outcome = await generateCoupons(context, { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'generated') throw editProblem(outcome, 'not_found');
      reply.header('content-type', 'text/csv; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="coupons-${outcome.setId}.csv"`);
      return reply.send(csvStart + csvLine(['code']) + outcome.codes.map((code) => csvLine([code])).join(''));
    },
  );
  const switchOff = {
    operationId: 'adminSwitchOffCouponSet',
    tags,
    summary: 'Switches off all codes of a set; orders that used one keep their price',
    params: IdParams,
    body: ReasonBody,
    response: { 200: SwitchedOff, 404: Problem },
  };
  app.post(
    '/api/admin/v1/coupon-sets/:id/off',
    { config: { action: 'coupons.change' }, schema: switchOff },
    async (request) => {
      const { id: setId } = request.params;
      const codes = await switchOffCoupons(context, { setId, ...request.body, ...actorOf(request) });
      if (codes === undefined) throw new ProblemError('not_found');
      return { codes };
    },
  );
}
