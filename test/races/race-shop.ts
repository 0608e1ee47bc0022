/** The stage of every race: SQLite under one server process, and MariaDB under two that share nothing but the database. */
import { after, before, describe } from 'node:test';
import type { DialectName } from '../../server/platform/db/database.ts';
import { type Buyer, buyerAt } from '../kit/buyer.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';

export interface RaceShop extends TestShop {
  /** One for each server process. */
  readonly doors: readonly Buyer[];
  /** Takes the doors in turn, so that neighbouring calls go to different processes. */
  door(i?: number): Buyer;
}

const stages: readonly { dialect: DialectName; processes: number }[] = [
  { dialect: 'sqlite', processes: 1 },
  { dialect: 'mysql', processes: 2 },
];

export function onEachStage(tests: (shop: () => RaceShop) => void, settings: Record<string, string> = {}): void {
  for (const { dialect, processes } of stages) {
    const named = `${dialect}, ${processes === 1 ? 'one process' : `${processes} processes`}`;
    describe(named, () => {
      let shop: RaceShop | undefined;
      before(async () => {
        const made = await newTestShop(dialect, settings);
        const doors: Buyer[] = [];
        let turn = 0;
        shop = { ...made, doors, door: (i = turn++) => doors[i % doors.length] as Buyer };
        const servers = await Promise.all(Array.from({ length: processes }, () => made.newProcess()));
        await Promise.all(servers.map((server) => server.start()));
        doors.push(...servers.map((server) => buyerAt(server.origin)));
      });
      after(() => shop?.close());
      tests(() => {
        if (!shop) throw new Error('the shop did not start');
        return shop;
      });
    });
  }
}

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
