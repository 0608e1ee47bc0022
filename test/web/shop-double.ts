/**
 * A test double of the shop API: in memory, one file, only what the storefront needs to be looked at in states the real
 * shop reaches seldom (a review, a refund, a failing channel). It serves the built pages under the same policy.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { OrderView, PlaceOrderBody, ProductView, SkuView } from '../../contract/shop.ts';

const dist = new URL('../../web/dist/storefront', import.meta.url).pathname;
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
export const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'";

const sku = (id: number, name: string, priceMinor: number, more: Partial<SkuView> = {}): SkuView => ({
  id,
  name,
  priceMinor,
  currency: 'CNY',
  stock: 128,
  delivery: 'cards',
  minQuantity: 1,
  maxQuantity: 100,
  perBuyerLimit: null,
  priceSteps: [],
  flashSale: null,
  buyerFields: [],
  ...more,
});

const categories = [
  { id: 1, slug: 'software', name: '软件激活', productCount: 3, iconUrl: null },
  { id: 2, slug: 'gift-cards', name: '礼品卡', productCount: 3, iconUrl: null },
  { id: 3, slug: 'membership', name: '会员充值', productCount: 2, iconUrl: null },
];
const inCategory = (at: number) => ({ id: at, slug: categories[at - 1]!.slug, name: categories[at - 1]!.name });
const product = (id: number, slug: string, category: number, name: string, summary: string, skus: SkuView[]) => ({
  id,
  slug,
  name,
  summary,
  description: `${summary}\n\n## 使用方法\n\n1. 付款后在订单页复制卡密\n2. 打开 [官网](https://example.com/redeem) 兑换\n\n- **一卡一密**，每张只售一次\n- 有效期 12 个月`,
  imageUrl: null,
  pictures: [],
  category: inCategory(category),
  isSample: true,
  skus,
});

export const catalog: ProductView[] = [
  product(1, 'windows-11-pro', 1, 'Windows 11 专业版激活码', '零售版密钥，在线激活，支持重装。', [
    sku(11, '单台电脑', 12800, {
      priceSteps: [
        { minQuantity: 5, priceMinor: 11800 },
        { minQuantity: 20, priceMinor: 9900 },
      ],
    }),
    sku(12, '三台电脑', 29800, { stock: 6 }),
    sku(13, '企业批量', 99800, { stock: 0 }),
  ]),
  product(2, 'steam-card', 2, 'Steam 充值卡', '全区通用，余额直充。', [
    sku(21, '¥50', 4950, { perBuyerLimit: 3 }),
    sku(22, '¥100', 9900),
  ]),
  product(3, 'apple-gift-card', 2, 'App Store 礼品卡', '中国大陆区，适用于 App、游戏与订阅。', [
    sku(31, '¥100', 9850, { stock: 3 }),
  ]),
  product(4, 'video-vip', 3, '视频会员月卡', '手机、电脑、电视通用。', [
    sku(41, '一个月', 1990, { stock: null, delivery: 'loop' }),
  ]),
  product(5, 'office-365', 1, 'Office 365 家庭版', '一年订阅，六人共享，含 1 TB 云存储。', [
    sku(51, '一年', 36900, { stock: 0 }),
  ]),
  product(6, 'design-course', 3, '界面设计课程与素材', '人工开通账号，当天内发货。', [
    sku(61, '永久', 19900, { delivery: 'manual', stock: null }),
  ]),
  product(7, 'network-tool', 1, '网络加速工具年卡', '支持五台设备同时在线。', [
    sku(71, '一年', 8800, { minQuantity: 2 }),
  ]),
  product(8, 'game-points', 2, '游戏点券 6480', '自动发货，直接兑换到账号。', [sku(81, '6480 点', 64800)]),
];

export interface DoubleOrder {
  order: OrderView;
  token: string;
  listeners: Set<(order: OrderView) => void>;
}

export interface ShopDouble {
  origin: string;
  orders: Map<string, DoubleOrder>;
  /** Answers the next request of this method and path with a problem instead. */
  failNext: (route: string, code: string, status: number, headers?: Record<string, string>, errors?: unknown[]) => void;
  change: (id: string, change: Partial<OrderView>) => void;
  pay: (id: string) => void;
  /** Ends all event streams, as a restart of the shop does. */
  dropStreams: () => void;
  /** Orders come back without a payment, as when the channel does not answer. */
  withoutPayment: boolean;
  /** No channel takes payments. */
  withoutChannels: boolean;
  close: () => Promise<void>;
}

export async function startShopDouble(): Promise<ShopDouble> {
  const orders = new Map<string, DoubleOrder>();
  const failures: { route: string; status: number; headers: Record<string, string>; body: object }[] = [];
  const streams = new Set<ServerResponse>();
  const change = (id: string, changed: Partial<OrderView>) => {
    const entry = orders.get(id)!;
    Object.assign(entry.order, changed);
    for (const tell of entry.listeners) tell(entry.order);
  };
  const pay = (id: string) => {
    const { order } = orders.get(id)!;
    const lines = order.lines.map((line) => ({ ...line, deliveredAt: line.delivery === 'manual' ? null : Date.now() }));
    const status = lines.every((line) => line.deliveredAt) ? 'delivered' : 'paid';
    change(id, { status, paidAt: Date.now(), receivedMinor: order.totalMinor, lines });
  };
  const server = createServer((request, response) => {
    void handle(request, response).catch((problem: unknown) => {
      response.writeHead(500).end(String(problem));
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://shop');
    const route = `${request.method} ${url.pathname}`;
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const problem = (status: number, code: string) =>
      json(status, { type: 'about:blank', title: code, status, code }, { 'content-type': 'application/problem+json' });
    if (!url.pathname.startsWith('/api/')) {
      if (url.pathname === '/shop.css') return styles(response);
      return servePage(url.pathname === '/shop-icon' ? '/favicon.svg' : url.pathname, response);
    }
    const failure = failures.findIndex((candidate) => route.startsWith(candidate.route));
    if (failure >= 0) {
      const [{ status, headers, body }] = failures.splice(failure, 1) as [(typeof failures)[number]];
      return json(status, body, headers);
    }
    const path = url.pathname.slice('/api/v1'.length);
    if (path === '/shop') {
      return json(200, { name: '卡井小店', announcement: '', sandbox: true, hasSampleData: true, recording: false });
    }
    if (path === '/channels') {
      if (double.withoutChannels) return json(200, { channels: [] });
      return json(200, {
        channels: [
          { code: 'sandbox', name: '沙箱支付', kind: 'sandbox', currencies: ['CNY'], sandbox: true },
          { code: 'alipay', name: '支付宝', kind: 'alipay', currencies: ['CNY'], sandbox: false },
        ],
      });
    }
    if (path === '/products') {
      const q = url.searchParams.get('q')?.toLowerCase() ?? '';
      const category = url.searchParams.get('category');
      const found = catalog.filter(
        (entry) => entry.name.toLowerCase().includes(q) && (!category || entry.category?.slug === category),
      );
      return json(200, { products: found, categories, page: 1, pageSize: 24, total: found.length });
    }
    const slug = /^\/products\/([^/]+)$/.exec(path)?.[1];
    if (slug) {
      const found = catalog.find((entry) => entry.slug === slug);
      return found ? json(200, { product: found }) : problem(404, 'product_not_found');
    }
    const body = request.method === 'POST' ? await readBody(request) : '';
    if (route === 'POST /api/v1/orders') {
      return json(201, place(JSON.parse(body) as PlaceOrderBody));
    }
    if (route === 'POST /api/v1/orders/lookup') {
      const { contact } = JSON.parse(body) as { contact: string };
      const found = [...orders.values()].filter(({ order }) => order.contact === contact);
      return json(200, { orders: found.map(({ order, token }) => ({ order, accessToken: token })) });
    }
    const [, id, action] = /^\/orders\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const entry = orders.get(id ?? '');
    if (!entry || request.headers.authorization !== `Bearer ${entry.token}`) return problem(404, 'order_not_found');
    if (!action) return json(200, { order: entry.order });
    if (action === 'cancel') {
      change(entry.order.id, { status: 'cancelled' });
      return json(200, { order: entry.order });
    }
    if (action === 'payments') return json(201, { payment: paymentOf(entry.order) });
    if (action === 'cards') return json(200, { cards: cardsOf(entry.order) });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const tell = (order: OrderView) => void response.write(`event: order\ndata: ${JSON.stringify(order)}\n\n`);
    tell(entry.order);
    entry.listeners.add(tell);
    streams.add(response);
    response.on('close', () => {
      entry.listeners.delete(tell);
      streams.delete(response);
    });
    return undefined;
  }

  function place(body: PlaceOrderBody) {
    const now = Date.now();
    const id = `HZ${String(now).padStart(26, '0')}`.slice(0, 24) + String(orders.size).padStart(4, '0');
    const lines = body.lines.map(({ skuId, quantity }, at) => {
      const owner = catalog.find((entry) => entry.skus.some((candidate) => candidate.id === skuId))!;
      const bought = owner.skus.find((candidate) => candidate.id === skuId)!;
      return {
        lineNo: at + 1,
        skuId,
        productId: owner.id,
        productName: owner.name,
        skuName: bought.name,
        delivery: bought.delivery,
        quantity,
        unitPriceMinor: bought.priceMinor,
        amountMinor: bought.priceMinor * quantity,
        deliveredAt: null,
      };
    });
    const order: OrderView = {
      id,
      status: 'pending',
      currency: 'CNY',
      totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0),
      discountMinor: 0,
      receivedMinor: 0,
      refundedMinor: 0,
      contact: body.contact,
      lines,
      createdAt: now,
      expiresAt: now + 15 * 60_000,
      paidAt: null,
      deliveredAt: null,
    };
    const token = `token-${id}`;
    orders.set(id, { order, token, listeners: new Set() });
    return { order, accessToken: token, ...(!double.withoutPayment && { payment: paymentOf(order) }) };
  }

  const paymentOf = (order: OrderView) => {
    const url = `http://127.0.0.1/pay/sandbox/${order.id}01`;
    return {
      id: '1',
      outTradeNo: `${order.id}01`,
      channel: 'sandbox',
      status: 'pending',
      amountMinor: order.totalMinor,
      currency: 'CNY',
      action: { type: 'qr', content: url, url },
    };
  };
  const cardsOf = (order: OrderView) =>
    order.lines
      .filter((line) => line.deliveredAt !== null)
      .flatMap((line) =>
        Array.from({ length: line.quantity }, (_, at) => ({
          lineNo: line.lineNo,
          skuId: line.skuId,
          productName: line.productName,
          skuName: line.skuName,
          number: line.skuId % 2 ? `NO-2026-${line.skuId}${at}` : null,
          secret: `W7XK9-${line.skuId}QF4-M2TN8-${String(at).padStart(3, '0')}PV-HJ6RD`,
        })),
      );

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: ShopDouble = {
    withoutPayment: false,
    withoutChannels: false,
    dropStreams: () => {
      for (const stream of streams) stream.end();
    },
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    orders,
    change,
    pay,
    failNext: (route, code, status, headers = {}, errors) =>
      void failures.push({ route, status, headers, body: { type: 'about:blank', title: code, status, code, errors } }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return double;
}

function styles(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'text/css' });
  response.end(':root { --cw-scheme: auto; }');
}

async function servePage(path: string, response: ServerResponse) {
  const file = path.startsWith('/assets/') || path === '/favicon.svg' ? path : '/index.html';
  const type = types[extname(file)] ?? 'text/html; charset=utf-8';
  response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
  response.end(await readFile(join(dist, file)));
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
