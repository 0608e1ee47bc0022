/** What payment channels call. The body stays bytes: a signature is over what was sent, not over what we parsed. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '../../../context.ts';
import { type CallbackWatch, createCallbackWatch } from '../../../payment/callback-watch.ts';
import type { CallbackRequest } from '../../../payment/channel.ts';
import { takeCallback } from '../../../payment/take-callback.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const maxCallbackBytes = 64 * 1024;

export function receiveCallbackRoute(app: App, context: Context): void {
  const watch = createCallbackWatch(context);
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
      handler: (request, reply) => receive(context, watch, request, reply),
    });
  });
}

async function receive(context: Context, watch: CallbackWatch, request: FastifyRequest, reply: FastifyReply) {
  const { channel: code } = request.params as { channel: string };
  const channel = await context.channels.find(code);
  if (!channel) throw new ProblemError(context.channels.knows(code) ? 'channel_unavailable' : 'channel_not_found');
  const taken = await takeCallback(context, channel, callbackOf(request)).catch((error: unknown) => {
    watch.note(true);
    throw error;
  });
  if (taken.verdict !== 'rejected') watch.note(taken.answer === channel.acknowledge.failure);
  if (taken.verdict === 'rejected')
    request.log.warn({ channel: code, reason: taken.rejected, from: request.ip }, 'callback rejected');
  if (taken.outcome?.kind === 'review') request.log.warn({ channel: code, ...taken }, 'payment needs review');
  const { status, contentType, body } = taken.answer;
  return reply.code(status).header('content-type', contentType).send(body);
}

function callbackOf(request: FastifyRequest): CallbackRequest {
  const at = request.url.indexOf('?');
  return {
    method: request.method,
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    headers: request.headers,
    query: request.query as Record<string, string>,
    rawQuery: at === -1 ? '' : request.url.slice(at + 1),
  };
}
