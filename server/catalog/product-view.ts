/** Records of the catalogue -> what a buyer sees, in the buyer's language. */
import type { Language } from '../../contract/common.ts';
import type { AdminProductPicture, ShownPicture } from '../../contract/pictures.ts';
import type { CategoryView, ProductView, SkuView } from '../../contract/shop.ts';
import type { CategoryOnSale } from './on-sale-store.ts';
import { pictureUrl } from './picture.ts';
import { piecesLeft } from './price.ts';
import type { ProductRecord } from './product-store.ts';
import type { SkuRecord } from './sku-store.ts';
import { textIn } from './translations.ts';

/** Cards for sale by SKU id. */
export type Stock = ReadonlyMap<number, number>;

export function categoryView(category: CategoryOnSale, lang: Language | undefined): CategoryView {
  const { id, slug, productCount } = category;
  return {
    id,
    slug,
    name: textIn(lang, category.translations, 'name', category.name),
    productCount,
    iconUrl: iconUrl(category),
  };
}

export function productView(
  parts: {
    product: ProductRecord;
    pictures: readonly AdminProductPicture[];
    skus: readonly SkuRecord[];
    category: CategoryOnSale | undefined;
    stock: Stock;
  },
  lang: Language | undefined,
  options: { description: boolean; now: number },
): ProductView {
  const { product, pictures, skus, category, stock } = parts;
  const { translations } = product;
  const description = textIn(lang, translations, 'description', product.description ?? '');
  return {
    id: product.id,
    slug: product.slug,
    name: textIn(lang, translations, 'name', product.name),
    summary: textIn(lang, translations, 'summary', product.summary),
    ...(options.description ? { description } : {}),
    imageUrl: product.imageUrl,
    pictures: pictures.map((picture) => shownPicture(picture, lang)),
    category: category
      ? { id: category.id, slug: category.slug, name: textIn(lang, category.translations, 'name', category.name) }
      : null,
    isSample: product.isSample,
    skus: skus.filter((sku) => sku.status === 'active').map((sku) => skuView(sku, stock, lang, options.now)),
  };
}

/** Small: it stands beside a word. */
function iconUrl({ iconId }: CategoryOnSale): string | null {
  return iconId && pictureUrl(iconId, 96);
}

function shownPicture({ url, srcset, width, height, alt, altEn }: AdminProductPicture, lang: Language | undefined) {
  return { url, srcset, width, height, alt: lang === 'en' && altEn ? altEn : alt } satisfies ShownPicture;
}

function skuView(sku: SkuRecord, stock: Stock, lang: Language | undefined, now: number): SkuView {
  return {
    id: sku.id,
    name: textIn(lang, sku.translations, 'name', sku.name),
    priceMinor: sku.priceMinor,
    currency: sku.currency,
    stock: stockOf(sku, stock),
    delivery: sku.delivery,
    minQuantity: sku.minQuantity,
    maxQuantity: sku.maxQuantity,
    perBuyerLimit: sku.perBuyerLimit,
    priceSteps: sku.priceSteps,
    flashSale: saleView(sku, now),
    buyerFields: sku.buyerFields,
  };
}

/** With its times, so that a page which stays open changes its price when the shop does; none once it is over. */
function saleView({ flashSale }: SkuRecord, now: number): SkuView['flashSale'] {
  if (!flashSale || flashSale.endsAt <= now) return null;
  const { startsAt, endsAt, priceMinor, perBuyerLimit, quantityLimit } = flashSale;
  return { startsAt, endsAt, priceMinor, perBuyerLimit, left: quantityLimit === null ? null : piecesLeft(flashSale) };
}

/** Only `cards` run out; null says that stock is no limit. */
export function stockOf(sku: Pick<SkuRecord, 'id' | 'delivery'>, stock: Stock): number | null {
  return sku.delivery === 'cards' ? (stock.get(sku.id) ?? 0) : null;
}

/** The SKUs whose cards must be counted to show these. */
export function stockedSkuIds(skus: Iterable<SkuRecord>): number[] {
  return [...skus].filter((sku) => sku.delivery === 'cards').map((sku) => sku.id);
}
