/** The lab as an operator has it: started, asked, ended, and killed in the middle. Afterwards the machine is as it was. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ownerOf } from '../../lab/folder.ts';
import type { LabPicture } from '../../lab/picture.ts';
import type { Topology } from '../../lab/topology.ts';
import { sandboxSignature, signatureHeader } from '../../server/payment/channels/sandbox/wire.ts';
import { buyerAt, callbackPath, tradeFor } from '../kit/buyer.ts';
import { spawnNode } from '../kit/shop-process.ts';
import { until } from '../kit/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardwell-lab-test-'));
const dir = join(folder, 'lab');
after(async () => {
  const owner = ownerOf(dir);
  if (owner) process.kill(owner.pid, 'SIGKILL');
  await nothingIsLeft();
  rmdirSync(folder);
});

interface Ended {
  code: number | null;
  output: string;
}

/** @param seen called with what has been printed so far, each time there is more */
function lab(words: readonly string[], seen: (output: string) => void = () => {}): Promise<Ended> {
  const child = spawnNode(['lab/main.ts', '--dir', dir, ...words], {});
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      output += part;
      seen(output);
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/** Numbers of the cables to networks like the lab's. Those of other tests come and go, and no number comes twice. */
const cables = () =>
  readdirSync('/sys/class/net')
    .filter((name) => name.startsWith('cwnet'))
    .map((name) => ({ name, number: read(`/sys/class/net/${name}/ifindex`) }));

/** Processes, mounts, disks in files, the folder. */
function leftovers(): string[] {
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((command) => command.includes(dir));
  const mounts = read('/proc/mounts')
    .split('\n')
    .filter((line) => line.includes(dir));
  const loops = readdirSync('/sys/block').filter((name) => read(`/sys/block/${name}/loop/backing_file`).includes(dir));
  return [...commands, ...mounts, ...loops, ...(existsSync(dir) ? [dir] : [])];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const nothingIsLeft = () => until('nothing of the lab is left', async () => leftovers().length === 0, 60_000);

test('a lab that is killed while it starts leaves nothing behind', async () => {
  const ended = await lab(['up'], (output) => {
    const owner = output.includes('databases') ? ownerOf(dir) : undefined;
    if (owner) process.kill(owner.pid, 'SIGKILL');
  });
  assert.equal(ended.code, 1);
  assert.match(ended.output, /ended while it started/);
  await nothingIsLeft();
});

test('up, a sale through the virtual IP, a second lab refused, the holder of the virtual IP killed, down', async () => {
  const up = await lab(['up', '--small', '--cards', '100', '--skus', '1']);
  assert.equal(up.code, 0, up.output);
  const again = await lab(['up']);
  assert.equal(again.code, 1);
  assert.match(again.output, /a lab runs in .* already/);

  const picture = JSON.parse((await lab(['status', '--json'])).output) as LabPicture;
  assert.equal(picture.vipHolders.length, 1);
  assert.deepEqual(
    picture.zones.map(({ database, redis }) => [database.state, database.clusterSize, redis.length]),
    Array(3).fill(['Synced', 3, 2]),
  );
  assert.deepEqual(picture.zones.flatMap(({ redis }) => redis.map(({ role }) => role)).sort(), [
    'master',
    'master',
    'master',
    'replica',
    'replica',
    'replica',
  ]);
  const { shopUrl } = JSON.parse((await lab(['topology'])).output) as Topology;
  const told = JSON.parse((await lab(['environment', 'a'])).output) as Record<string, string>;
  const secret = String(told.CARDWELL_SANDBOX_SECRET);
  await sell(shopUrl, secret);
  const [, second, third] = new URL(shopUrl).hostname.split('.').map(Number);
  const cable = cables().find(({ name }) => name === `cwnet${(((second ?? 0) - 18) << 8) + (third ?? 0)}`);
  assert.ok(cable);

  const [holder] = picture.vipHolders;
  await lab(['kill', `keepalived-${holder}`, `haproxy-${holder}`]);
  await until('another proxy answers', () => answers(shopUrl));
  await sell(shopUrl, secret);

  const down = await lab(['down']);
  assert.equal(down.code, 0, down.output);
  assert.deepEqual(leftovers(), []);
  assert.ok(!cables().some(({ number }) => number === cable?.number), 'its cable is gone');
  assert.match((await lab(['status', '--once'])).output, /no lab runs in/);
});

const answers = (url: string) =>
  fetch(`${url}/api/v1/products`, { signal: AbortSignal.timeout(1000) }).then(
    (reply) => reply.ok,
    () => false,
  );

/** An order, paid in the sandbox, its card read: each of them is another role's. */
async function sell(shopUrl: string, secret: string): Promise<void> {
  const buyer = buyerAt(shopUrl);
  const list = await buyer.call({ path: '/api/v1/products' });
  const [product] = JSON.parse(list.text).products as { skus: { id: number }[] }[];
  const placed = await buyer.place({ skuId: product?.skus[0]?.id ?? 0, contact: 'lab@example.com', payLater: true });
  assert.equal(placed.status, 201, placed.text);
  const { order, accessToken } = placed.body;
  const begun = await buyer.beginPayment(order.id, accessToken);
  assert.equal(begun.status, 201, begun.text);
  const body = JSON.stringify({ ...tradeFor(begun.body.payment), status: 'paid', timestamp: 1_700_000_000_000 });
  const headers = { 'content-type': 'application/json', [signatureHeader]: sandboxSignature(body, secret) };
  const told = await buyer.call({ method: 'POST', path: callbackPath, headers, body });
  assert.equal(told.status, 200, told.text);
  const shown = await buyer.cards(order.id, accessToken);
  assert.equal(shown.status, 200, shown.text);
}
