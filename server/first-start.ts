/** What a process does before it serves: samples for an empty shop, and a set-up link while there is no owner. */
import { mkdirSync } from 'node:fs';
import { ensureSetupLink } from './account/setup-link.ts';
import { importCards } from './card/import-cards.ts';
import { setLoopCard } from './card/set-loop-card.ts';
import { readSkusForPricing } from './catalog/catalog-store.ts';
import { loadSampleCatalogue, type SampleCard } from './catalog/load-sample-catalogue.ts';
import { type Context, journalFolder } from './context.ts';

export async function firstStart(context: Context): Promise<{ setupLink: string | undefined }> {
  const { config, keyring } = context;
  // There from the beginning, so that whoever looks after the machine sees what has to be kept.
  mkdirSync(journalFolder(config), { recursive: true });
  // Sample cards are sealed like any others: only a process that holds the card key can make them.
  if (config.sampleData && keyring) {
    await loadSampleCatalogue({
      ...context,
      importCards: async (skuId, cards) => {
        await importCards(
          { ...context, keyring, findSku: (id) => findSku(context, id) },
          { skuId, source: cards.map(cardLine), sourceName: 'sample', actor: 'system' },
        );
      },
      setLoopSecret: async (skuId, secret) => {
        await setLoopCard(
          { ...context, keyring, findSku: (id) => findSku(context, id) },
          { skuId, secret, actor: 'system' },
        );
      },
    });
  }
  const setupLink = context.roles.has('admin')
    ? await ensureSetupLink({ ...context, baseUrl: config.baseUrl })
    : undefined;
  return { setupLink };
}

export async function findSku({ database }: Pick<Context, 'database'>, skuId: number) {
  return (await readSkusForPricing(database.read, [skuId])).get(skuId);
}

function cardLine({ number, secret }: SampleCard): string {
  return `${number}----${secret}\n`;
}
