/** What the commands about cards work with: a context with the card role, and what the catalogue knows of a SKU. */
import { KeyFileError } from '../../server/card/key-file.ts';
import type { Keyring } from '../../server/card/keyring.ts';
import { readSkusForPricing } from '../../server/catalog/catalog-store.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import type { Clock } from '../../server/platform/clock.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { DatabaseError } from '../../server/platform/db/errors.ts';

export interface CardTools {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  region: string;
  findSku(skuId: number): Promise<{ productId: number; delivery: string } | undefined>;
  close(): Promise<void>;
}

export async function openCardTools(): Promise<CardTools> {
  const context = await openContext(readConfig(), ['card']);
  const { database, clock, keyring, region } = context;
  if (!keyring) throw new Error('the card role has no keyring');
  const findSku = async (skuId: number) => (await readSkusForPricing(database.read, [skuId])).get(skuId);
  return { database, clock, keyring, region, findSku, close: context.close };
}

/** Exit codes of these commands, told in their --help. */
export const exitCodes = { done: 0, failed: 1, usage: 2, incomplete: 3 } as const;

/** Opens, works and closes; what can go wrong outside is told in one sentence instead of a stack. */
export async function withCardTools(
  open: () => Promise<CardTools>,
  work: (tools: CardTools) => Promise<number>,
): Promise<number> {
  let tools: CardTools | undefined;
  try {
    tools = await open();
    return await work(tools);
  } catch (error) {
    if (!(error instanceof KeyFileError || error instanceof DatabaseError)) throw error;
    process.stderr.write(`cardwell: ${error.message}\n`);
    return error instanceof KeyFileError ? exitCodes.usage : exitCodes.failed;
  } finally {
    await tools?.close();
  }
}
