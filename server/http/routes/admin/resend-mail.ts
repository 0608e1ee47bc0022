import { Type } from 'typebox';
import { ReasonBody, ResentReply } from '../../../../contract/admin-orders.ts';
import { OrderId, Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { resendMail } from '../../../order/resend-mail.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

const refusals = {
  'mail-off': 'This shop sends no mail: SMTP_URL is not set.',
  'no-address': 'The contact of this order is no mail address.',
  waiting: 'A mail of this order is on its way already.',
} as const;

export function resendMailRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminResendMail',
    tags: ['admin: orders'],
    summary: 'Sends the buyer the mail of this order once more, with a new link',
    params: Type.Object({ id: OrderId }),
    body: ReasonBody,
    response: { 202: ResentReply, 404: Problem, 409: Problem },
  };
  app.post(
    '/api/admin/v1/orders/:id/resend-mail',
    { config: { action: 'orders.resend' }, schema },
    async (request, reply) => {
      const outcome = await resendMail(context, {
        orderId: request.params.id,
        ...request.body,
        ...actorOf(request),
      });
      if (outcome.kind === 'order-not-found') throw new ProblemError('order_not_found');
      if (outcome.kind === 'too-many')
        throw new ProblemError('mail_not_possible', `At most ${outcome.perDay} mails of an order a day.`);
      if (outcome.kind !== 'queued') throw new ProblemError('mail_not_possible', refusals[outcome.kind]);
      reply.code(202);
      return { template: outcome.template };
    },
  );
}
