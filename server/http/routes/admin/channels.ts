import { Type } from 'typebox';
import { VersionQuery } from '../../../../contract/admin-catalogue.ts';
import {
  AdminChannelList,
  AdminChannelReply,
  BlockChannelBody,
  ChannelKindList,
  ChannelParams,
  ChannelTestReply,
  CreateChannelBody,
  UpdateChannelBody,
} from '../../../../contract/admin-channels.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { blockChannel, unblockChannel } from '../../../payment/block-channel.ts';
import { openingDeps } from '../../../payment/channels/registry.ts';
import { createChannel } from '../../../payment/create-channel.ts';
import { deleteChannel } from '../../../payment/delete-channel.ts';
import type { ChannelRefusal, EditChannelDeps } from '../../../payment/edit-channel.ts';
import { probe } from '../../../payment/probe-channels.ts';
import { updateChannel } from '../../../payment/update-channel.ts';
import type { App } from '../../app-type.ts';
import { channelView } from '../../channel-view.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: channels'];
const base = '/api/admin/v1/channels';

export function channelRoutes(app: App, context: Context): void {
  listRoutes(app, context);
  editRoutes(app, context);
  stateRoutes(app, context);
}

function listRoutes(app: App, context: Context): void {
  const kinds = { operationId: 'adminListChannelKinds', tags, summary: 'The kinds of channel and their settings' };
  app.get('/api/admin/v1/channel-kinds', { schema: { ...kinds, response: { 200: ChannelKindList } } }, async () => ({
    kinds: openingDeps(context).kinds.map(({ kind, names, help, settings }) => ({
      kind,
      names,
      help,
      settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown>,
    })),
  }));
  const list = { operationId: 'adminListChannels', tags, summary: 'Every payment channel, best first' };
  app.get(base, { schema: { ...list, response: { 200: AdminChannelList } } }, async () => {
    await context.channels.refresh();
    return { channels: context.channels.entries().map((entry) => channelView(context, entry)) };
  });
}

function editRoutes(app: App, context: Context): void {
  const create = {
    operationId: 'adminCreateChannel',
    tags,
    summary: 'Sets up a channel; its settings are tried first',
  };
  app.post(
    base,
    { schema: { ...create, body: CreateChannelBody, response: { 201: AdminChannelReply, 409: Problem } } },
    async (request, reply) => {
      const outcome = await createChannel(editDeps(context), { ...request.body, ...actorOf(request) });
      if (outcome.kind !== 'created') throw channelProblem(outcome);
      return reply.code(201).send(await shown(context, request.body.code));
    },
  );
  const update = {
    operationId: 'adminUpdateChannel',
    tags,
    summary: 'Changes what is given; secrets that are left out stay',
    params: ChannelParams,
    body: UpdateChannelBody,
    response: { 200: AdminChannelReply, 404: Problem, 409: Problem },
  };
  app.patch(`${base}/:code`, { schema: update }, async (request) => {
    const { code } = request.params;
    const outcome = await updateChannel(editDeps(context), { ...request.body, code, ...actorOf(request) });
    if (outcome.kind !== 'changed') throw channelProblem(outcome);
    return shown(context, code);
  });
  const remove = {
    operationId: 'adminDeleteChannel',
    tags,
    summary: 'Removes a channel that nobody ever paid through; disable any other',
    params: ChannelParams,
    querystring: VersionQuery,
    response: { 204: Type.Null(), 404: Problem, 409: Problem },
  };
  app.delete(`${base}/:code`, { schema: remove }, async (request, reply) => {
    const outcome = await deleteChannel(context, { ...request.params, ...request.query, ...actorOf(request) });
    if (outcome.kind !== 'deleted') throw channelProblem(outcome);
    await context.channels.refresh();
    return reply.code(204).send(null);
  });
}

function stateRoutes(app: App, context: Context): void {
  const test = {
    operationId: 'adminTestChannel',
    tags,
    summary: 'Asks the channel whether address, account and keys are right; costs nothing',
    params: ChannelParams,
    response: { 200: ChannelTestReply, 404: Problem, 503: Problem },
  };
  app.post(`${base}/:code/test`, { schema: test }, async (request) => {
    const channel = await context.channels.find(request.params.code);
    if (!channel) throw notOpen(context, request.params.code);
    const from = context.clock.monotonicMs();
    const result = await probe(channel);
    const tookMs = Math.round(context.clock.monotonicMs() - from);
    return { ok: result.kind === 'healthy', reason: result.kind === 'failing' ? result.reason : null, tookMs };
  });
  for (const [verb, change] of [
    ['block', blockChannel],
    ['unblock', unblockChannel],
  ] as const) {
    const schema = {
      operationId: verb === 'block' ? 'adminBlockChannel' : 'adminUnblockChannel',
      tags,
      summary: verb === 'block' ? 'Takes no new payments until it is unblocked' : 'Takes payments again',
      params: ChannelParams,
      body: BlockChannelBody,
      response: { 200: AdminChannelReply, 404: Problem },
    };
    app.post(`${base}/:code/${verb}`, { schema }, async (request) => {
      const { code } = request.params;
      if (!(await context.channels.find(code)) && !context.channels.knows(code))
        throw new ProblemError('channel_not_found');
      await change(context, { channel: code, reason: request.body.reason, by: 'person', ...actorOf(request) });
      return shown(context, code);
    });
  }
}

function editDeps(context: Context): EditChannelDeps {
  const { database, clock, nudges, channelKeyring: keyring } = context;
  if (!keyring) throw new Error('this process has no channel key');
  return { database, clock, nudges, keyring, opening: openingDeps(context) };
}

async function shown(context: Context, code: string) {
  await context.channels.refresh();
  const entry = context.channels.entries().find((one) => one.code === code);
  if (!entry) throw new ProblemError('channel_not_found');
  return { channel: channelView(context, entry) };
}

function notOpen(context: Context, code: string): ProblemError {
  return new ProblemError(context.channels.knows(code) ? 'channel_unavailable' : 'channel_not_found');
}

function channelProblem(refusal: ChannelRefusal): ProblemError {
  switch (refusal.kind) {
    case 'not-found':
      return new ProblemError('channel_not_found');
    case 'edit-conflict':
      return new ProblemError('edit_conflict');
    case 'code-taken':
      return new ProblemError('channel_code_taken');
    case 'in-use':
      return new ProblemError('in_use');
    case 'invalid':
      return new ProblemError('invalid_request', refusal.message, [
        { path: `/settings/${refusal.field}`, message: refusal.message },
      ]);
  }
}
