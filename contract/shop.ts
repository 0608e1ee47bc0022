/** The shop API under /api/v1: what buyers' pages and programs send and receive. */
import { type Static, Type } from 'typebox';
import { BuyerAnswers, BuyerField } from './buyer-fields.ts';
import { AmountMinor, Currency, EpochMs, Language, OrderId, PageQuery, RowId, Slug } from './common.ts';
import { FlashSaleView } from './flash-sale.ts';
import { ShownPicture } from './pictures.ts';
import { deliveryModes, orderStatuses, paymentStatuses } from './states.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });

// --- catalogue ---------------------------------------------------------------------------------------------------

export const CategoryView = Type.Object({
  id: RowId,
  slug: Slug,
  name: Type.String(),
  productCount: Type.Integer(),
  iconUrl: Type.Union([Type.String(), Type.Null()]),
});
export type CategoryView = Static<typeof CategoryView>;

export const PriceStep = Type.Object({
  minQuantity: Type.Integer({ minimum: 2, maximum: 1_000_000 }),
  priceMinor: AmountMinor,
});
export type PriceStep = Static<typeof PriceStep>;

export const SkuView = Type.Object({
  id: RowId,
  name: Type.String(),
  priceMinor: AmountMinor,
  currency: Currency,
  stock: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: 'null: not limited by stock' }),
  delivery: literals(deliveryModes),
  minQuantity: Type.Integer(),
  maxQuantity: Type.Integer(),
  perBuyerLimit: Type.Union([Type.Integer(), Type.Null()]),
  priceSteps: Type.Array(PriceStep),
  flashSale: Type.Union([FlashSaleView, Type.Null()], {
    description: 'A lower price from startsAt until endsAt, as far as its pieces go; priceMinor is the normal one',
  }),
  buyerFields: Type.Array(BuyerField, {
    description: 'What to ask for at the checkout; answers go into `fields` of the line',
  }),
});
export type SkuView = Static<typeof SkuView>;

export const ProductView = Type.Object({
  id: RowId,
  slug: Slug,
  name: Type.String(),
  summary: Type.String(),
  description: Type.Optional(Type.String({ description: 'Plain text with Markdown; only on a single product' })),
  imageUrl: Type.Union([Type.String(), Type.Null()]),
  pictures: Type.Array(ShownPicture, { description: 'The first is the cover, and the only one in lists' }),
  category: Type.Union([Type.Object({ id: RowId, slug: Slug, name: Type.String() }), Type.Null()]),
  isSample: Type.Boolean(),
  skus: Type.Array(SkuView),
});
export type ProductView = Static<typeof ProductView>;

export const ProductListQuery = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  category: Type.Optional(Slug),
  lang: Type.Optional(Language),
});
export const ProductList = Type.Object({
  products: Type.Array(ProductView),
  categories: Type.Array(CategoryView),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  total: Type.Integer(),
});
export type ProductList = Static<typeof ProductList>;
export const ProductReply = Type.Object({ product: ProductView });
export type ProductReply = Static<typeof ProductReply>;

// --- orders ------------------------------------------------------------------------------------------------------

export const OrderLineInput = Type.Object(
  {
    skuId: RowId,
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    unitPriceMinor: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000_000,
        description: 'The price that was shown. If it is higher by now, the order is refused with price_changed.',
      }),
    ),
    fields: Type.Optional(BuyerAnswers),
  },
  { additionalProperties: false },
);
export const PlaceOrderBody = Type.Object(
  {
    lines: Type.Array(OrderLineInput, { minItems: 1, maxItems: 20 }),
    contact: Type.String({
      minLength: 2,
      maxLength: 120,
      pattern: '\\S\\s*\\S',
      description: 'Mail address or any handle',
    }),
    lookupPassword: Type.Optional(Type.String({ minLength: 4, maxLength: 100 })),
    couponCode: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    channel: Type.Optional(
      Type.String({ maxLength: 40, description: 'Start the first payment in the same call, saving a round trip' }),
    ),
    lang: Type.Optional(Language),
  },
  { additionalProperties: false },
);
export type PlaceOrderBody = Static<typeof PlaceOrderBody>;

export const OrderLineView = Type.Object({
  lineNo: Type.Integer(),
  skuId: RowId,
  productId: RowId,
  productName: Type.String(),
  skuName: Type.String(),
  delivery: literals(deliveryModes),
  quantity: Type.Integer(),
  unitPriceMinor: AmountMinor,
  amountMinor: AmountMinor,
  deliveredAt: Type.Union([EpochMs, Type.Null()]),
});
export type OrderLineView = Static<typeof OrderLineView>;

export const OrderView = Type.Object({
  id: OrderId,
  status: literals(orderStatuses),
  currency: Currency,
  totalMinor: AmountMinor,
  discountMinor: AmountMinor,
  receivedMinor: Type.Integer(),
  refundedMinor: Type.Integer(),
  contact: Type.String(),
  lines: Type.Array(OrderLineView),
  createdAt: EpochMs,
  expiresAt: EpochMs,
  paidAt: Type.Union([EpochMs, Type.Null()]),
  deliveredAt: Type.Union([EpochMs, Type.Null()]),
});
export type OrderView = Static<typeof OrderView>;

/** How the buyer pays: go to a page, scan a code, or post a form. */
/** What the payer holds; without it the shop judges by the User-Agent. */
export const payerDevices = ['pc', 'mobile', 'wechat'] as const;

export const PaymentAction = Type.Union([
  Type.Object({ type: Type.Literal('redirect'), url: Type.String() }),
  Type.Object({ type: Type.Literal('qr'), content: Type.String(), url: Type.Optional(Type.String()) }),
  Type.Object({ type: Type.Literal('form'), url: Type.String(), fields: Type.Record(Type.String(), Type.String()) }),
  Type.Object(
    { type: Type.Literal('jsapi'), params: Type.Record(Type.String(), Type.String()) },
    { description: 'For a page inside WeChat: what its bridge is called with' },
  ),
  Type.Object(
    {
      type: Type.Literal('transfer'),
      text: Type.String(),
      lines: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
      qr: Type.Optional(Type.String()),
    },
    { description: 'The payer sends the money by hand: where to, and what to write' },
  ),
]);
export type PaymentAction = Static<typeof PaymentAction>;

export const PaymentView = Type.Object({
  id: Type.String(),
  outTradeNo: Type.String({ description: 'The number the channel knows this attempt by' }),
  channel: Type.String(),
  status: literals(paymentStatuses),
  amountMinor: AmountMinor,
  currency: Currency,
  action: PaymentAction,
});
export type PaymentView = Static<typeof PaymentView>;

export const PlaceOrderReply = Type.Object({
  order: OrderView,
  accessToken: Type.String({ description: 'The key to this order. It is shown once; the shop keeps only its hash.' }),
  payment: Type.Optional(PaymentView),
});
export type PlaceOrderReply = Static<typeof PlaceOrderReply>;
export const OrderReply = Type.Object({ order: OrderView });
export type OrderReply = Static<typeof OrderReply>;

export const CardView = Type.Object({
  lineNo: Type.Integer(),
  skuId: RowId,
  productName: Type.String(),
  skuName: Type.String(),
  number: Type.Union([Type.String(), Type.Null()], { description: 'null: the card is one secret without a number' }),
  secret: Type.String(),
});
export type CardView = Static<typeof CardView>;
export const CardsReply = Type.Object({ cards: Type.Array(CardView) });
export type CardsReply = Static<typeof CardsReply>;

export const LookupBody = Type.Object(
  {
    contact: Type.String({ minLength: 2, maxLength: 120 }),
    lookupPassword: Type.String({ minLength: 1, maxLength: 100 }),
  },
  { additionalProperties: false },
);
export type LookupBody = Static<typeof LookupBody>;
export const LookupReply = Type.Object({
  orders: Type.Array(Type.Object({ order: OrderView, accessToken: Type.String() })),
});
export type LookupReply = Static<typeof LookupReply>;

// --- payments ----------------------------------------------------------------------------------------------------

export const ChannelView = Type.Object({
  code: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  currencies: Type.Array(Currency),
  sandbox: Type.Boolean(),
});
export type ChannelView = Static<typeof ChannelView>;
export const ChannelsReply = Type.Object({ channels: Type.Array(ChannelView) });
export type ChannelsReply = Static<typeof ChannelsReply>;

export const StartPaymentBody = Type.Object(
  {
    channel: Type.String({ minLength: 1, maxLength: 40 }),
    device: Type.Optional(literals(payerDevices)),
    openid: Type.Optional(Type.String({ maxLength: 128, description: 'Who the payer is inside WeChat' })),
  },
  { additionalProperties: false },
);
export const PaymentReply = Type.Object({ payment: PaymentView });
export type PaymentReply = Static<typeof PaymentReply>;
