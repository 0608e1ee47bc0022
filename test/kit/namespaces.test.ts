import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { type Network, newNetwork } from './namespaces.ts';
import { until } from './until.ts';

let network: Network;
before(async () => {
  network = await newNetwork(2);
});
after(() => network.close());

/** A server on the host that sends each connection what it hears. */
async function echoOn(i: number): Promise<{ address: string; end(): void }> {
  const { address, on } = network.hosts[i] ?? assert.fail();
  const code = `require('node:net').createServer((s) => s.pipe(s).on('error', () => {})).listen(7777, '${address}', () => console.log('up'))`;
  const [program, ...args] = on([process.execPath, '-e', code]);
  const child = spawn(program as string, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { address, end: () => child.kill('SIGKILL') };
}

async function say(socket: Socket, words: string): Promise<string> {
  const heard = once(socket, 'data');
  socket.write(words);
  return String((await heard)[0]);
}

test('each host has an address of its own that the tests reach', async () => {
  assert.equal(new Set(network.hosts.map(({ address }) => address)).size, 2);
  for (const i of [0, 1]) {
    const echo = await echoOn(i);
    const socket = connect(7777, echo.address);
    assert.equal(await say(socket, 'hello'), 'hello');
    socket.destroy();
    echo.end();
  }
});

test('two networks at once do not meet', async () => {
  const other = await newNetwork(1);
  const addresses = [...network.hosts, ...other.hosts].map(({ address }) => address);
  await other.close();
  assert.equal(new Set(addresses.map((address) => address.split('.').slice(0, 3).join('.'))).size, 2);
});

test('a host cut off keeps its connections hanging, and they go on when it is back', async () => {
  const echo = await echoOn(0);
  const socket = connect(7777, echo.address);
  assert.equal(await say(socket, 'before'), 'before');
  await network.hosts[0]?.partition();
  let heard = '';
  socket.on('data', (part) => {
    heard += part;
  });
  socket.write('during');
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(heard, '', 'nothing comes through');
  assert.equal(socket.destroyed, false, 'nobody was told');
  await network.hosts[0]?.heal();
  await until('it was only late', async () => heard === 'during');
  socket.destroy();
  echo.end();
});

for (const victim of ['the test process', 'the holder of the namespaces']) {
  test(`when ${victim} is killed, nothing of the network remains`, async () => {
    const kit = new URL('./namespaces.ts', import.meta.url).href;
    const code = `const { newNetwork } = await import('${kit}');
      const { hosts } = await newNetwork(2);
      console.log(JSON.stringify(hosts.map(({ address, on }) => [address, on([])[1]])));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const hosts = JSON.parse(String((await once(child.stdout, 'data'))[0])) as [string, string][];
    const pids = hosts.map(([, ns]) => Number(/\/proc\/(\d+)\//.exec(ns)?.[1]));
    const [, second = 0, third = 0] = (hosts[0]?.[0] ?? '').split('.').map(Number);
    const cable = `/sys/class/net/cwnet${((second - 18) << 8) + third}`;
    assert.ok(existsSync(cable) && pids.every((pid) => existsSync(`/proc/${pid}`)));
    if (victim === 'the test process') child.kill('SIGKILL');
    else process.kill(parentOf(pids[0] ?? 0), 'SIGKILL');
    await until('all is gone', async () => !existsSync(cable) && !pids.some((pid) => existsSync(`/proc/${pid}`)));
    child.kill('SIGKILL');
  });
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
