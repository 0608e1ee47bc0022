/** Everything that is sealed with the channel key, one place each. What is sealed with it tomorrow gets its line here. */
import { boxOwner } from '../../account/second-factor.ts';
import { resealFactor, sealedFactors } from '../../account/second-factor-store.ts';
import { targetBoxPurpose } from '../../delivery/notices/open-target.ts';
import { readTargets, resealTarget } from '../../delivery/notices/target-store.ts';
import { settingsPurpose } from '../../payment/channel-keyring.ts';
import { readChannels, resealChannel } from '../../payment/channel-store.ts';
import type { Db, Tx } from '../../platform/db/database.ts';

export interface SealedValue {
  /** For a person. */
  name: string;
  purpose: string;
  owner: string;
  sealed: Uint8Array;
  /** @returns false when it has been changed since it was read */
  replace(tx: Tx, next: Uint8Array): Promise<boolean>;
}

export const secondFactorPurpose = 'second-factor';

export const sealedPlaces: readonly ((db: Db | Tx) => Promise<SealedValue[]>)[] = [
  async (db) =>
    (await readChannels(db)).map((row) => ({
      name: `channel ${row.code}`,
      purpose: settingsPurpose,
      owner: row.code,
      sealed: row.sealed,
      replace: (tx, next) => resealChannel(tx, row, next),
    })),
  async (db) =>
    (await sealedFactors(db)).map((row) => ({
      name: `second factor of person ${row.userId}`,
      purpose: secondFactorPurpose,
      owner: boxOwner(row.userId),
      sealed: row.sealed,
      replace: (tx, next) => resealFactor(tx, row, next),
    })),
  async (db) =>
    (await readTargets(db)).map((row) => ({
      name: `notification target ${row.id}`,
      purpose: targetBoxPurpose,
      owner: row.kind,
      sealed: row.sealed,
      replace: (tx, next) => resealTarget(tx, row, next),
    })),
];
