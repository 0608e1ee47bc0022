/** Turns degrade mode on or off by hand: on this machine at once, on all machines as far as the database can be told. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { type Clock, sleep } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { type HandSwitch, writeSwitchFile, writeSwitchSetting } from './hand-switch.ts';

/** A person at a terminal waits this long for a database that may be away. */
const databaseWithinMs = 3000;

export interface TurnRequest extends Actor {
  on: boolean;
  why: string;
}

/** @returns whether the database has it too; otherwise only the processes that share this data folder know */
export async function turnByHand(
  { dataDir, database, clock }: { dataDir: string; database: Database; clock: Clock },
  { on, why, actor, requestId }: TurnRequest,
): Promise<{ turned: HandSwitch; everywhere: boolean }> {
  const turned: HandSwitch = { on, why, by: actor, at: clock.now() };
  await writeSwitchFile(dataDir, turned);
  const told = database.transact(
    'degrade.turn',
    async (tx) => {
      await writeSwitchSetting(tx, turned);
      const action = on ? 'degrade.on' : 'degrade.off';
      await recordAudit(tx, { at: turned.at, actor, requestId, action, subject: 'shop:degrade', reason: why });
    },
    { deadlineMs: databaseWithinMs },
  );
  const everywhere = await Promise.race([
    told.then(
      () => true,
      () => false,
    ),
    sleep(databaseWithinMs + 1000).then(() => false),
  ]);
  return { turned, everywhere };
}
