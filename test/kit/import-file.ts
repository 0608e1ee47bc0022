/** A program that imports one file, for tests that kill it: import-file.ts URL KEY-FILE REGION SKU FILE [CHUNKS-UNTIL-DEATH]. */
import { createReadStream } from 'node:fs';
import { importCards } from '../../server/card/import-cards.ts';
import { openKeyring } from '../../server/card/keyring.ts';
import { armCheckpoint } from '../../server/platform/checkpoints.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';

const [url = '', key = '', region = '', sku, path = '', chunks] = process.argv.slice(2);
if (chunks) armCheckpoint('import.after-chunk', Number(chunks));
const database = openDatabase({ url, clock });
const keyring = openKeyring({ path: key, clock, strict: true, create: false });
const findSku = async () => ({ productId: 1, delivery: 'cards' });
const outcome = await importCards(
  { database, clock, keyring, region, findSku },
  { skuId: Number(sku), source: createReadStream(path), sourceName: path, actor: 'test' },
);
process.stdout.write(JSON.stringify(outcome));
await database.close();
