import { Command } from 'commander';
import { gateways } from '../../gateways/registry.ts';
import { type RunningGateway, serveGateway } from '../../gateways/serve-gateway.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { openingDeps } from '../../server/payment/channels/registry.ts';
import { createChannel } from '../../server/payment/create-channel.ts';
import { updateChannel } from '../../server/payment/update-channel.ts';

interface Options {
  port: number;
  speedUp: number;
  install?: boolean;
}

export function gatewaysCommand(): Command {
  return new Command('gateways')
    .description('simulate every payment network on this machine, to try the shop before going live')
    .argument('[kind...]', `only these of ${[...new Set(gateways.map(({ kind }) => kind))].join(', ')}`)
    .option('--port <number>', 'the first port; each network takes the next one', Number, 18400)
    .option('--speed-up <factor>', "how many times as fast the networks' schedules of callbacks run", Number, 60)
    .option('--install', 'set up a channel to each in the shop of this environment (development only)')
    .action(async (kinds: string[], options: Options) => {
      const wanted = gateways.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
      if (wanted.length === 0) throw new Error('no network is called that');
      const running: RunningGateway[] = [];
      for (const [at, definition] of wanted.entries())
        running.push(await serveGateway(definition, { port: options.port + at, speedUp: options.speedUp }));
      if (options.install) await install(running);
      process.stdout.write(`${running.map(described).join('\n')}\nCtrl+C ends them all.\n`);
      const stop = () => void Promise.all(running.map((gateway) => gateway.close())).then(() => process.exit(0));
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
    });
}

function described({ definition, baseUrl, wire }: RunningGateway): string {
  return `${definition.kind}  ${baseUrl}
  control  ${baseUrl}/_control
  settings ${JSON.stringify(wire.settings)}
`;
}

/** Their keys are made at each start, so what is there is brought up to date. */
async function install(running: readonly RunningGateway[]): Promise<void> {
  const config = readConfig();
  if (config.environment === 'production') throw new Error('--install is refused in production: they move no money');
  const context = await openContext(config, ['admin']);
  try {
    await context.channels.refresh();
    const { database, clock, nudges, channelKeyring: keyring } = context;
    if (!keyring) throw new Error('there is no channel key');
    const deps = { database, clock, nudges, keyring, opening: openingDeps(context) };
    for (const gateway of running) {
      const { kind } = gateway.definition;
      const code = `sim-${kind}`;
      gateway.webhookUrl = `${config.baseUrl}/api/v1/callbacks/${code}`;
      const { settings } = gateway.wire;
      const there = context.channels.entries().find((entry) => entry.code === code)?.row;
      const outcome = there
        ? await updateChannel(deps, { code, version: there.version, settings, actor: 'cli' })
        : await createChannel(deps, {
            code,
            kind,
            settings,
            nameZh: `模拟 ${kind}`,
            nameEn: `Simulated ${kind}`,
            actor: 'cli',
          });
      if (outcome.kind !== 'created' && outcome.kind !== 'changed')
        throw new Error(`${code}: ${JSON.stringify(outcome)}`);
    }
  } finally {
    await context.close();
  }
}
