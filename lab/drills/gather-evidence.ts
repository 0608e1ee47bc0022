/** Everything the auditor judges, from a lab that has healed. */
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { dumpMysqlNode } from '../auditor/dump-node.ts';
import type { Evidence, NetworkBooks } from '../auditor/evidence.ts';
import { readJournals } from '../auditor/read-journals.ts';
import { changesBetween, replayCallbacks } from '../auditor/replay-callbacks.ts';
import type { Lab } from '../lab.ts';
import { channelCode, simulatedKinds, zones } from '../topology.ts';
import { openFrontDoor } from '../workload/front-door.ts';
import type { History } from '../workload/history.ts';

export interface GatherOptions {
  lab: Lab;
  history: History;
  sandboxSecret: string;
  lostByRestore?: ReadonlySet<string>;
}

export async function gatherEvidence({ lab, history, sandboxSecret, lostByRestore }: GatherOptions): Promise<Evidence> {
  const { topology } = lab;
  const writer = (await lab.writer()) ?? 'a';
  const readWriter = () => dumpMysqlNode(writer, topology.databaseUrls[writer]);
  const before = await readWriter();
  const door = openFrontDoor(topology.shopUrl);
  const replay = await replayCallbacks(history, door, sandboxSecret);
  door.close();
  const after = await readWriter();
  const others = await Promise.all(
    zones.filter((zone) => zone !== writer).map((zone) => dumpMysqlNode(zone, topology.databaseUrls[zone])),
  );
  const database = openDatabase({ url: topology.databaseUrl, clock: systemClock, poolSize: 2 });
  const dataDirs = [...new Set(zones.map((zone) => lab.dataDir(zone)))];
  const readings = await readJournals({ dataDirs, database, clock: systemClock }).finally(() => database.close());
  return {
    ...readings,
    history,
    nodes: [after, ...others],
    books: await Promise.all(
      simulatedKinds.filter((kind) => topology.simulatorUrls[kind]).map((kind) => booksOf(lab, kind)),
    ),
    replayed: { callbacks: replay.callbacks, changes: [...replay.refused, ...changesBetween(before, after)] },
    ...(lostByRestore && { lostByRestore }),
  };
}

async function booksOf(lab: Lab, kind: (typeof simulatedKinds)[number]): Promise<NetworkBooks> {
  const reply = await fetch(`${lab.topology.simulatorUrls[kind]}/_control/books`, { method: 'POST' });
  const { trades } = (await reply.json()) as Pick<NetworkBooks, 'trades'>;
  return { channel: channelCode(kind), trades };
}
