/**
 * npm run new-channel -- NAME: the folder of a new payment channel and of its simulated network, entered in both registries.
 * The contract (`npm test -- contracts/channels`) then says what is missing, until nothing is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' } } });
const root = values.root ?? join(import.meta.dirname, '..');
const [name = ''] = positionals;
if (!/^[a-z][a-z0-9-]{1,30}$/.test(name))
  stop('Give it a name of small letters, digits and dashes: npm run new-channel -- NAME');
const id = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const channelFile = `server/payment/channels/${name}/channel.ts`;
const gatewayFile = `gateways/${name}/gateway.ts`;
for (const file of [channelFile, gatewayFile]) if (existsSync(join(root, file))) stop(`${file} is there already`);

write(
  channelFile,
  `/** ${name}: what it is, and where its protocol is described. */
import { Type } from 'typebox';
import type { Channel } from '../../channel.ts';
import type { ChannelKind } from '../../channel-kind.ts';
import { secretField, textField, urlField } from '../server/platform/setting-fields.ts';

const todo = 'not written yet';

export const ${id}Kind: ChannelKind = {
  kind: '${name}',
  names: { zh: '${name}', en: '${name}' },
  help: { zh: '在哪里找到这些参数', en: 'Where the owner finds these values' },
  settings: Type.Object({
    gateway: urlField({ label: { zh: '网关地址', en: 'Address' } }),
    merchant: textField({ label: { zh: '商户号', en: 'Merchant' } }),
    key: secretField({ label: { zh: '密钥', en: 'Key' } }),
  }),
  open: (settings, { code, name: shown }): Channel => ({
    code,
    kind: '${name}',
    name: shown ?? { zh: '${name}', en: '${name}' },
    currencies: ['CNY'],
    sandbox: false,
    merchant: String(settings.merchant),
    lateMs: 5 * 60_000,
    acknowledge: {
      success: { status: 200, contentType: 'text/plain; charset=utf-8', body: 'success' },
      failure: { status: 400, contentType: 'text/plain; charset=utf-8', body: 'fail' },
    },
    create: async () => ({ kind: 'unavailable', reason: todo }),
    verify: () => ({ kind: 'rejected', reason: todo }),
    query: async () => ({ kind: 'unknown', reason: todo }),
    close: async () => ({ kind: 'unknown', reason: todo }),
    refund: async () => ({ kind: 'unknown', reason: todo }),
    probe: async () => ({ kind: 'failing', reason: todo }),
  }),
};
`,
);
write(
  gatewayFile,
  `/** Simulates ${name}: the same protocol from the other side, written from its description and not from our channel. */
import type { GatewayDefinition } from '../gateway.ts';

export const ${id}Gateway: GatewayDefinition = {
  kind: '${name}',
  retryDelaysMs: [60_000],
  has: {
    close: true,
    refund: true,
    refundMessage: false,
    signedAnswers: true,
    bill: false,
    otherAmounts: true,
    rotation: false,
  },
  open: ({ baseUrl }) => ({
    settings: { gateway: baseUrl, merchant: 'M1', key: 'simulated' },
    handle: () => undefined,
    message: () => undefined,
    acknowledged: ({ status, body }) => status === 200 && body === 'success',
    forge: () => 'not written yet',
  }),
};
`,
);
enter('server/payment/channels/kinds.ts', `${id}Kind`, `./${name}/channel.ts`);
enter('gateways/registry.ts', `${id}Gateway`, `./${name}/gateway.ts`);
process.stdout.write(`${channelFile}\n${gatewayFile}\nNow run: npm test -- contracts/channels\n`);

function write(file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** A line to import it, and its place at the end of the list. */
function enter(file: string, what: string, from: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  const lastImport = text.lastIndexOf('\nimport ');
  const end = text.indexOf('\n', lastImport + 1);
  const imported = `${text.slice(0, end)}\nimport { ${what} } from '${from}';${text.slice(end)}`;
  const close = imported.lastIndexOf('];');
  const before = imported.slice(0, close).trimEnd().replace(/,$/, '');
  writeFileSync(join(root, file), `${before}${before.endsWith('[') ? '' : ', '}${what}${imported.slice(close)}`);
}

function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
