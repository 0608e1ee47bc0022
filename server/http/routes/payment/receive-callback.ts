/** What payment channels call. The body stays bytes: a signature is over what was sent, not over what we parsed. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '../../../context.ts';
import type { Acknowledgement, Channel } from '../../../payment/channel.ts';
import { failAttempt } from '../../../payment/fail-attempt.ts';
import { settleOrRecord } from '../../../payment/record-callback.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const maxCallbackBytes = 64 * 1024;

export function receiveCallbackRoute(app: App, context: Context): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxCallbackBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/v1/callbacks/:channel',
      schema: {
        operationId: 'receiveCallback',
        tags: ['payments'],
        summary: "A payment channel's message; answered in the channel's own words",
        params: Type.Object({ channel: Type.String({ maxLength: 40 }) }),
      },
      handler: async (request, reply) => {
        const { channel: code } = request.params as { channel: string };
        const channel = context.channels.get(code);
        if (!channel) throw new ProblemError('channel_not_found');
        return answer(context, channel, request, reply);
      },
    });
  });
}

async function answer(context: Context, channel: Channel, request: FastifyRequest, reply: FastifyReply) {
  const startedAt = context.clock.monotonicMs();
  const verdict = await channel.verify({
    method: request.method,
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    headers: request.headers,
    query: request.query as Record<string, string>,
    rawQuery: rawQueryOf(request.url),
  });
  context.metrics.callbacks.inc({ channel: channel.code, outcome: verdict.kind });
  if (verdict.kind === 'rejected') {
    request.log.warn({ channel: channel.code, reason: verdict.reason, from: request.ip }, 'callback rejected');
    return send(reply, verdict.answer ?? channel.acknowledge.failure);
  }
  if (verdict.kind === 'paid') {
    const outcome = await settleOrRecord(context, verdict.payment);
    context.metrics.paymentsSettled.inc({ channel: channel.code, outcome: outcome.kind });
    if (outcome.kind === 'recorded') return send(reply, channel.acknowledge.failure);
    context.metrics.issueSeconds.observe((context.clock.monotonicMs() - startedAt) / 1000);
    if (outcome.kind === 'review')
      request.log.warn({ outcome, tradeNo: verdict.payment.tradeNo }, 'payment needs review');
  } else if (verdict.kind === 'failed') {
    // Told no now, the channel says it again when the database is back.
    if (context.degrade.recordsCallbacks()) return send(reply, channel.acknowledge.failure);
    await failAttempt(context, channel.code, verdict.outTradeNo);
  }
  // Only now: what we say yes to is on disk, in the database and in the issue journal.
  return send(reply, verdict.answer ?? channel.acknowledge.success);
}

function rawQueryOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1);
}

function send(reply: FastifyReply, { status, contentType, body }: Acknowledgement) {
  return reply.code(status).header('content-type', contentType).send(body);
}
