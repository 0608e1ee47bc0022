import type { SecretBox } from '../account/second-factor.ts';
import type { Context } from '../context.ts';
import { secondFactorPurpose } from '../reconcile/channel-key/sealed-places.ts';

/** What second factors are sealed with: the key file of the payment channels, which the admin role holds anyway. */
export function secretBox({ channelKeyring }: Pick<Context, 'channelKeyring'>): SecretBox {
  if (!channelKeyring) throw new Error('this process has no channel key');
  return channelKeyring.boxFor(secondFactorPurpose);
}
