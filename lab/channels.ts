/** Makes the lab's shop a customer of every simulated payment network, or brings what is there up to date: their keys change with each start. */
import type { Context } from '../server/context.ts';
import { openingDeps } from '../server/payment/channels/registry.ts';
import { createChannel } from '../server/payment/create-channel.ts';
import { updateChannel } from '../server/payment/update-channel.ts';
import { channelCode, type SimulatedKind, simulatedKinds, type Topology } from './topology.ts';

export async function connectChannels(context: Context, topology: Topology): Promise<void> {
  await context.channels.refresh();
  const { database, clock, nudges, channelKeyring: keyring } = context;
  if (!keyring) throw new Error('there is no channel key');
  const deps = { database, clock, nudges, keyring, opening: openingDeps(context) };
  for (const kind of simulatedKinds) {
    const code = channelCode(kind);
    const settings = (await control(topology, kind, 'settings')) as Record<string, unknown>;
    await control(topology, kind, 'webhook', { url: `${topology.shopUrl}/api/v1/callbacks/${code}` });
    const there = context.channels.entries().find((entry) => entry.code === code)?.row;
    const outcome = there
      ? await updateChannel(deps, { code, version: there.version, settings, actor: 'lab' })
      : await createChannel(deps, {
          code,
          kind,
          settings,
          nameZh: `模拟 ${kind}`,
          nameEn: `Simulated ${kind}`,
          actor: 'lab',
        });
    if (outcome.kind !== 'created' && outcome.kind !== 'changed')
      throw new Error(`${code}: ${JSON.stringify(outcome)}`);
  }
}

/** An operation of a simulator's control API. */
export async function control(
  topology: Topology,
  kind: SimulatedKind,
  operation: string,
  input?: object,
): Promise<unknown> {
  const reply = await fetch(`${topology.simulatorUrls[kind]}/_control/${operation}`, {
    method: 'POST',
    ...(input ? { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } } : {}),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(`${kind} ${operation}: ${JSON.stringify(answer)}`);
  return answer;
}
