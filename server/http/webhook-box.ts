import type { WebhookBox } from '../catalog/set-sku-webhook.ts';
import type { Context } from '../context.ts';

/** What secrets of delivery webhooks are sealed with: the key file of the payment channels, which admin and worker hold. */
export function webhookBox({ channelKeyring }: Pick<Context, 'channelKeyring'>): WebhookBox {
  if (!channelKeyring) throw new Error('this process has no channel key');
  return channelKeyring.boxFor('sku-webhook');
}
