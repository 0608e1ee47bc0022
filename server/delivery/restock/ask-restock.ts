/** A buyer wants to hear when a variant is back. The answer is the same whether the address waits already or not. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { randomToken, sha256 } from '../../platform/ids.ts';
import { countWaitsOf, insertWait } from './restock-store.ts';

export interface AskRestock {
  skuId: number;
  contact: string;
  lang: 'zh' | 'en';
}

/** Of one address, for different variants. */
const mostWaits = 20;

export async function askRestock(
  { database, clock }: { database: Database; clock: Clock },
  { skuId, contact, lang }: AskRestock,
): Promise<void> {
  const contactKey = sha256(`restock ${contact.trim().toLowerCase()}`);
  const wait = { skuId, contactKey, contact: contact.trim(), lang, token: randomToken() };
  await database.transact('restock.ask', async (tx) => {
    if ((await countWaitsOf(tx, contactKey)) >= mostWaits) return;
    await insertWait(tx, wait, clock.now());
  });
}
