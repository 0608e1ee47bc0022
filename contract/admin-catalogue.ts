/** The catalogue in the administration API: categories, products and their variants (SKUs). */
import { type Static, Type } from 'typebox';
import { BuyerField, BuyerFields } from './buyer-fields.ts';
import { AmountMinor, Currency, EpochMs, PageQuery, RowId, Slug } from './common.ts';
import { AdminProductPicture, PictureId, ProductPictures } from './pictures.ts';
import { PriceStep } from './shop.ts';
import { deliveryModes } from './states.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const Version = Type.Integer({
  minimum: 1,
  maximum: 1_000_000_000,
  description: 'As last read; a change made meanwhile answers edit_conflict',
});
const Position = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000, description: 'Lower stands first' });

/** Text with at least one character that is not a space. */
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });

export const saleStatuses = [
  'active', // on sale
  'hidden', // not on sale now
  'archived', // put away for good; kept because orders name it
] as const;
export type SaleStatus = (typeof saleStatuses)[number];

/** {"en": {...}, "zh": {...}}: what is missing falls back to the base text. */
const translations = (fields: Record<string, ReturnType<typeof Type.Optional>>) => {
  const one = Type.Object(fields, { additionalProperties: false });
  return Type.Object({ zh: Type.Optional(one), en: Type.Optional(one) }, { additionalProperties: false });
};
export type TranslatedTexts = { zh?: Record<string, string>; en?: Record<string, string> };

// --- categories --------------------------------------------------------------------------------------------------

const categoryName = text(120);
const IconId = Type.Union([PictureId, Type.Null()]);
const categoryTranslations = Type.Unsafe<TranslatedTexts>(translations({ name: Type.Optional(categoryName) }));
export const CreateCategoryBody = Type.Object(
  {
    name: categoryName,
    slug: Type.Optional(Slug),
    translations: Type.Optional(categoryTranslations),
    position: Type.Optional(Position),
    iconId: Type.Optional(IconId),
  },
  { additionalProperties: false },
);
export type CreateCategoryBody = Static<typeof CreateCategoryBody>;
export const UpdateCategoryBody = Type.Object(
  {
    version: Version,
    name: Type.Optional(categoryName),
    slug: Type.Optional(Slug),
    translations: Type.Optional(categoryTranslations),
    position: Type.Optional(Position),
    iconId: Type.Optional(IconId),
  },
  { additionalProperties: false },
);
export type UpdateCategoryBody = Static<typeof UpdateCategoryBody>;
export const AdminCategory = Type.Object({
  id: RowId,
  slug: Slug,
  name: Type.String(),
  translations: categoryTranslations,
  position: Type.Integer(),
  iconId: IconId,
  version: Version,
  createdAt: EpochMs,
  updatedAt: EpochMs,
});
export type AdminCategory = Static<typeof AdminCategory>;
export const AdminCategoryReply = Type.Object({ category: AdminCategory });
export const AdminCategoryList = Type.Object({ categories: Type.Array(AdminCategory) });

// --- variants (SKUs) ---------------------------------------------------------------------------------------------

const skuName = text(160);
const skuTranslations = Type.Unsafe<TranslatedTexts>(translations({ name: Type.Optional(skuName) }));
const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const PriceMinor = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
/** Times are UTC; a price below the normal one. */
const flashSaleFields = {
  startsAt: EpochMs,
  endsAt: EpochMs,
  priceMinor: PriceMinor,
  perBuyerLimit: Type.Union([Quantity, Type.Null()]),
  quantityLimit: Type.Union([Quantity, Type.Null()]),
};
const FlashSaleBody = Type.Object(flashSaleFields, { additionalProperties: false });
export type FlashSaleBody = Static<typeof FlashSaleBody>;
const skuFields = {
  translations: Type.Optional(skuTranslations),
  minQuantity: Type.Optional(Quantity),
  maxQuantity: Type.Optional(Quantity),
  perBuyerLimit: Type.Optional(Type.Union([Quantity, Type.Null()])),
  lowStockAt: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  status: Type.Optional(literals(saleStatuses)),
  position: Type.Optional(Position),
  priceSteps: Type.Optional(Type.Array(PriceStep, { maxItems: 20 })),
  flashSale: Type.Optional(Type.Union([FlashSaleBody, Type.Null()])),
  buyerFields: Type.Optional(BuyerFields),
};
export const CreateSkuBody = Type.Object(
  { name: skuName, priceMinor: PriceMinor, currency: Currency, delivery: literals(deliveryModes), ...skuFields },
  { additionalProperties: false },
);
export type CreateSkuBody = Static<typeof CreateSkuBody>;
export const UpdateSkuBody = Type.Object(
  {
    version: Version,
    name: Type.Optional(skuName),
    priceMinor: Type.Optional(PriceMinor),
    currency: Type.Optional(Currency),
    delivery: Type.Optional(literals(deliveryModes)),
    ...skuFields,
  },
  { additionalProperties: false },
);
export type UpdateSkuBody = Static<typeof UpdateSkuBody>;
export const AdminSku = Type.Object({
  id: RowId,
  productId: RowId,
  name: Type.String(),
  translations: skuTranslations,
  priceMinor: AmountMinor,
  currency: Currency,
  delivery: literals(deliveryModes),
  minQuantity: Type.Integer(),
  maxQuantity: Type.Integer(),
  perBuyerLimit: Type.Union([Type.Integer(), Type.Null()]),
  lowStockAt: Type.Integer(),
  status: literals(saleStatuses),
  position: Type.Integer(),
  version: Version,
  priceSteps: Type.Array(PriceStep),
  flashSale: Type.Union([Type.Object({ id: RowId, ...flashSaleFields, sold: Type.Integer() }), Type.Null()]),
  buyerFields: Type.Array(BuyerField),
  stock: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: 'null: not limited by stock' }),
  createdAt: EpochMs,
  updatedAt: EpochMs,
});
export type AdminSku = Static<typeof AdminSku>;
export const SetWebhookBody = Type.Object(
  {
    url: Type.String({ minLength: 8, maxLength: 500, description: 'https, at a public address' }),
    secret: Type.Optional(
      Type.String({ minLength: 16, maxLength: 200, description: 'What requests are signed with; kept when absent' }),
    ),
  },
  { additionalProperties: false },
);
export type SetWebhookBody = Static<typeof SetWebhookBody>;
export const WebhookReply = Type.Object({
  webhook: Type.Union([Type.Object({ url: Type.String(), hasSecret: Type.Boolean() }), Type.Null()]),
});
export const WebhookTestReply = Type.Object({
  ok: Type.Boolean(),
  outcome: literals(['delivered', 'accepted', 'failed'] as const),
  reason: Type.Optional(Type.String()),
});
export const AdminSkuReply = Type.Object({ sku: AdminSku });
export const AdminSkuList = Type.Object({ skus: Type.Array(AdminSku) });

// --- products ----------------------------------------------------------------------------------------------------

const productTexts = {
  name: text(160),
  summary: Type.String({ maxLength: 400 }),
  description: Type.String({ maxLength: 20_000 }),
};
const productTranslations = Type.Unsafe<TranslatedTexts>(
  translations({
    name: Type.Optional(productTexts.name),
    summary: Type.Optional(productTexts.summary),
    description: Type.Optional(productTexts.description),
  }),
);
/** An https address or a path of our own; anything else could run in a buyer's page. */
const ImageUrl = Type.String({ maxLength: 400, pattern: '^(https://[^\\s]+|/[^/\\s][^\\s]*)$' });
const productFields = {
  slug: Type.Optional(Slug),
  categoryId: Type.Optional(Type.Union([RowId, Type.Null()])),
  summary: Type.Optional(productTexts.summary),
  description: Type.Optional(Type.Union([productTexts.description, Type.Null()])),
  imageUrl: Type.Optional(Type.Union([ImageUrl, Type.Null()])),
  translations: Type.Optional(productTranslations),
  status: Type.Optional(literals(saleStatuses)),
  position: Type.Optional(Position),
  pictures: Type.Optional(ProductPictures),
};
export const CreateProductBody = Type.Object(
  { name: productTexts.name, ...productFields },
  { additionalProperties: false },
);
export type CreateProductBody = Static<typeof CreateProductBody>;
export const UpdateProductBody = Type.Object(
  { version: Version, name: Type.Optional(productTexts.name), ...productFields },
  { additionalProperties: false },
);
export type UpdateProductBody = Static<typeof UpdateProductBody>;
export const AdminProduct = Type.Object({
  id: RowId,
  slug: Slug,
  categoryId: Type.Union([RowId, Type.Null()]),
  name: Type.String(),
  summary: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  imageUrl: Type.Union([Type.String(), Type.Null()]),
  translations: productTranslations,
  status: literals(saleStatuses),
  position: Type.Integer(),
  isSample: Type.Boolean(),
  version: Version,
  createdAt: EpochMs,
  updatedAt: EpochMs,
  pictures: Type.Array(AdminProductPicture, { description: 'In their order; the first is the cover' }),
  skus: Type.Array(AdminSku),
});
export type AdminProduct = Static<typeof AdminProduct>;
export const AdminProductReply = Type.Object({ product: AdminProduct });
export const AdminProductQuery = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  categoryId: Type.Optional(RowId),
  status: Type.Optional(literals(saleStatuses)),
});
export type AdminProductQuery = Static<typeof AdminProductQuery>;
export const AdminProductList = Type.Object({
  products: Type.Array(AdminProduct),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  total: Type.Integer(),
});
export type AdminProductList = Static<typeof AdminProductList>;

/** DELETE takes the version in the query, because bodies of DELETE do not survive every proxy. */
export const VersionQuery = Type.Object({ version: Version });
export const IdParams = Type.Object({ id: RowId });
/** Puts an entry beside another of its kind. */
export const MoveBody = Type.Object(
  { beside: RowId, side: literals(['before', 'after'] as const) },
  { additionalProperties: false },
);
export type MoveBody = Static<typeof MoveBody>;
