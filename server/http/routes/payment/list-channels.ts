import { Type } from 'typebox';
import { Language } from '../../../../contract/common.ts';
import { ChannelsReply } from '../../../../contract/shop.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';

export function listChannelsRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'listChannels',
    tags: ['payments'],
    summary: 'The ways to pay, best first',
    querystring: Type.Object({ lang: Type.Optional(Language) }),
    response: { 200: ChannelsReply },
  };
  app.get('/api/v1/channels', { schema }, async (request) => ({
    channels: context.channels.enabled().map((channel) => ({
      code: channel.code,
      name: channel.name[request.query.lang ?? 'zh'],
      kind: channel.kind,
      currencies: [...channel.currencies],
      sandbox: channel.sandbox,
    })),
  }));
}
