/** The Redis nodes of the lab become one cluster: three masters, and three replicas in another zone than their master. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../test/kit/until.ts';
import type { LabProcess } from './lab.ts';

const slots = 16_384;
/** The cluster is told something, or only asked how it is. */
const answerWithinMs = 30_000;
const looksWithinMs = 500;

/** One command in Redis's own words, on a connection of its own. @returns the reply as it came */
export const askRedis = (node: { address: string; port: number }, ...words: (string | number)[]): Promise<string> =>
  askWithin(node, answerWithinMs, words);

function askWithin(
  node: { address: string; port: number },
  withinMs: number,
  words: readonly (string | number)[],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: node.address, port: node.port });
    let reply = '';
    const timer = setTimeout(() => socket.destroy(new Error('Redis is silent')), withinMs);
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.end(`${words.join(' ')}\r\nQUIT\r\n`));
    socket.on('data', (part) => {
      reply += part;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      if (reply === '') reject(new Error('Redis said nothing'));
      else if (reply.startsWith('-')) reject(new Error(reply.trim()));
      else resolve(reply);
    });
  });
}

export const placeOf = (node: LabProcess) => ({ address: node.address, port: Object.values(node.ports)[0] as number });

export async function redisRole(node: LabProcess): Promise<'master' | 'replica' | 'down'> {
  const told = await askWithin(placeOf(node), looksWithinMs, ['ROLE']).catch(() => '');
  return /master/.test(told) ? 'master' : /slave/.test(told) ? 'replica' : 'down';
}

/** @param masters one a zone; `replicas[i]` follows `masters[i]` */
export async function joinRedis(masters: readonly LabProcess[], replicas: readonly LabProcess[]): Promise<void> {
  const share = Math.ceil(slots / masters.length);
  const all = [...masters, ...replicas];
  for (const [i, master] of masters.entries()) {
    const last = Math.min(slots, (i + 1) * share) - 1;
    await askRedis(placeOf(master), 'CLUSTER', 'ADDSLOTSRANGE', i * share, last);
    await askRedis(placeOf(master), 'CLUSTER', 'SET-CONFIG-EPOCH', i + 1);
  }
  for (const one of all)
    for (const other of all)
      if (one !== other) await askRedis(placeOf(one), 'CLUSTER', 'MEET', other.address, placeOf(other).port);
  const ids = await Promise.all(all.map(async (node) => idIn(await askRedis(placeOf(node), 'CLUSTER', 'MYID'))));
  await until('all Redis nodes know each other', async () => {
    const known = await Promise.all(all.map((node) => askRedis(placeOf(node), 'CLUSTER', 'NODES')));
    return known.every((text) => ids.every((id) => text.includes(id)) && !/handshake/.test(text));
  });
  for (const [i, replica] of replicas.entries()) await follow(replica, String(ids[i]));
  await until('the Redis Cluster is whole', async () => isWhole(all));
}

const idIn = (reply: string) => /[0-9a-f]{40}/.exec(reply)?.[0] ?? '';

/** A node refuses to follow one that it has met only a moment ago. */
async function follow(replica: LabProcess, master: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await askRedis(placeOf(replica), 'CLUSTER', 'REPLICATE', master);
      return;
    } catch (error) {
      if (tries > 50) throw error;
      await sleep(50);
    }
  }
}

/** Every part has a master, and every replica is in step, as those that run see it. */
export async function isWhole(nodes: readonly LabProcess[]): Promise<boolean> {
  const told = await Promise.all(
    nodes
      .filter((node) => node.isRunning())
      .map(async (node) => {
        const cluster = await askRedis(placeOf(node), 'CLUSTER', 'INFO').catch(() => '');
        const link = await askRedis(placeOf(node), 'INFO', 'replication').catch(() => '');
        return (
          /cluster_state:ok/.test(cluster) &&
          /cluster_slots_ok:16384/.test(cluster) &&
          !/master_link_status:down/.test(link)
        );
      }),
  );
  return told.every((one) => one);
}
