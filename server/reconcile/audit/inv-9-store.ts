import { isMysql } from '../../platform/db/bulk.ts';
import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

/** Version 1 (or 2: a letter), the key id, nonce and tag: see platform/sealed-text.ts. */
const shortest = 33;

export const secretsAreSealed: Check = {
  id: 'INV-9',
  says: 'Card numbers and secrets are stored sealed, never in clear.',
  run: ({ database }) => {
    const keyId = (column: string) =>
      isMysql(database.read)
        ? `HEX(SUBSTRING(${column}, 2, 4)) <> LPAD(HEX(key_id), 8, '0')`
        : `hex(substr(${column}, 2, 4)) <> printf('%08X', key_id)`;
    const open = (column: string) =>
      `(LENGTH(${column}) < ${shortest} OR SUBSTR(${column}, 1, 1) NOT IN (x'01', x'02') OR ${keyId(column)})`;
    return violations(database.read, [
      {
        wrong: 'not sealed: card',
        select: `SELECT id FROM card_keys WHERE ${open('card_secret')} OR (card_no IS NOT NULL AND ${open('card_no')})`,
      },
      { wrong: 'not sealed: loop card of SKU', select: `SELECT sku_id AS id FROM loop_cards WHERE ${open('secret')}` },
      {
        wrong: 'not sealed: manual delivery of order',
        select: `SELECT order_id AS id FROM manual_deliveries WHERE ${open('content')}`,
      },
      {
        wrong: 'not sealed: answers of order',
        select: `SELECT order_id AS id FROM line_forms WHERE secrets IS NOT NULL AND (key_id IS NULL OR ${open('secrets')})`,
      },
    ]);
  },
};
