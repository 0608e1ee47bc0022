/** What opening a notice target needs, from the wired context: for the routes, and for the worker that sends. */
import type { Context } from '../context.ts';
import type { Mailer } from '../delivery/mailer.ts';
import { type OpenTargetDeps, targetBoxPurpose } from '../delivery/notices/open-target.ts';
import { notifierKinds } from '../delivery/notifiers/kinds.ts';
import { createOutsideHttp } from '../platform/outside-http.ts';

export function noticeOpening(
  { config, clock, channelKeyring }: Pick<Context, 'config' | 'clock' | 'channelKeyring'>,
  mailer: Mailer | undefined,
): OpenTargetDeps {
  if (!channelKeyring) throw new Error('this process has no channel key');
  const { outsideRule: rule } = config;
  return {
    kinds: notifierKinds,
    parts: { http: createOutsideHttp(rule), rule, mailer, clock },
    box: channelKeyring.boxFor(targetBoxPurpose),
  };
}
