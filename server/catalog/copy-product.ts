/**
 * A product like another one, to be changed into something else: with its variants, price steps, forms and pictures. Without
 * cards, flash sales, secrets of webhooks and what is archived; hidden until its owner shows it.
 */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { isDuplicateKey } from '../platform/db/errors.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { touchPictures } from './picture-store.ts';
import { putProductPictures, readProductPictures } from './product-picture-store.ts';
import { insertProduct, productSlugs, readProduct } from './product-store.ts';
import { insertSku, readSkusOfProducts } from './sku-store.ts';
import { freeSlug } from './slug.ts';
import type { Translations } from './translations.ts';

const action = 'product.copy';
export type CopyProductOutcome =
  | { kind: 'created'; id: number }
  | Extract<Refusal, { kind: 'not-found' | 'slug-taken' }>;

/** Columns end there. */
const maxName = 160;
const maxSlug = 70;

export async function copyProduct(
  deps: EditDeps,
  { id: from, actor, requestId }: Actor & { id: number },
): Promise<CopyProductOutcome> {
  const { database, clock } = deps;
  const work = onceForRequest<CopyProductOutcome>(
    { action, requestId },
    async (tx) => {
      const original = await readProduct(tx, from);
      if (!original) return { kind: 'not-found' };
      const at = clock.now();
      const slug = `${original.slug.slice(0, maxSlug).replace(/-+$/, '')}-copy`;
      const { isSample: _, ...fields } = original;
      const copy = {
        ...fields,
        slug: freeSlug(slug, await productSlugs(tx, slug)),
        name: named(original.name, '（副本）'),
        translations: translatedNames(original.translations),
        status: 'hidden',
      } as const;
      const id = await insertProduct(tx, copy, at);
      const pictures = await readProductPictures(tx, from);
      await touchPictures(
        tx,
        pictures.map((picture) => picture.id),
        at,
      );
      await putProductPictures(tx, id, pictures);
      const skus = (await readSkusOfProducts(tx, [from])).get(from) ?? [];
      for (const sku of skus.filter(({ status }) => status !== 'archived')) {
        await insertSku(tx, id, { ...sku, flashSale: null }, at);
      }
      const after = { from: `product:${from}`, slug: copy.slug, skus: skus.length };
      await recordAudit(tx, { at, actor, requestId, action, subject: `product:${id}`, after });
      return { kind: 'created', id };
    },
    async (_tx, id) => ({ kind: 'created', id }),
  );
  try {
    const outcome = await database.transact('catalog.copy-product', work);
    if (outcome.kind === 'created') catalogueChanged(deps);
    return outcome;
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'slug-taken' };
    throw error;
  }
}

function named(name: string, suffix: string): string {
  return [...name].slice(0, maxName - suffix.length).join('') + suffix;
}

function translatedNames(translations: Translations): Translations {
  const { en } = translations;
  return en?.name ? { ...translations, en: { ...en, name: named(en.name, ' (copy)') } } : translations;
}
