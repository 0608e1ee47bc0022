/**
 * The goods of a shop that has none yet, so that its owner can buy something in the first minute. All invented, and
 * marked as samples wherever they show. One SKU has exactly 1,000 cards and one exactly 3, one is a code that every
 * buyer gets, one is delivered by hand.
 */
import type { DeliveryMode } from '../../contract/states.ts';
import type { PriceStep } from './price.ts';

export interface SampleSku {
  /** Stands in the numbers of its cards; never change it, or a start after a crash would import a second set. */
  key: string;
  name: string;
  en: string;
  priceMinor: number;
  currency?: string;
  delivery?: DeliveryMode;
  /** Cards to import. */
  cards?: number;
  /** What every buyer of a `loop` SKU gets. */
  loopSecret?: string;
  perBuyerLimit?: number;
  maxQuantity?: number;
  priceSteps?: PriceStep[];
}
interface Texts {
  name: string;
  summary: string;
  description: string;
}
export interface SampleProduct extends Texts {
  slug: string;
  category: string;
  en: Texts;
  skus: SampleSku[];
}

export const sampleCategories = [
  { slug: 'software-keys', name: '软件激活码', en: 'Software keys' },
  { slug: 'gift-cards', name: '礼品卡', en: 'Gift cards' },
  { slug: 'game-items', name: '游戏道具', en: 'Game items' },
  { slug: 'memberships', name: '会员订阅', en: 'Memberships' },
] as const;

const note = '**这是示例商品**，卡密不能兑换任何东西。店主可以在后台一键移除全部示例数据。';
const noteEn =
  '**This is a sample product**; its codes redeem nothing. The owner can remove all sample data with one button.';
const about = (text: string) => `${note}\n\n${text}`;
const aboutEn = (text: string) => `${noteEn}\n\n${text}`;

export const sampleProducts: readonly SampleProduct[] = [
  {
    slug: 'sample-inkstone-notes',
    category: 'software-keys',
    name: '示例 · 墨石笔记 专业版激活码',
    summary: '付款后立即显示激活码，买得多更便宜',
    description: about('- 支持 Windows、macOS 与 Linux\n- 一码激活一台设备\n- 在「设置 → 激活」中输入'),
    en: {
      name: 'Sample · Inkstone Notes Pro key',
      summary: 'The key appears the moment you pay; cheaper by the dozen',
      description: aboutEn(
        '- For Windows, macOS and Linux\n- One key activates one device\n- Enter it under Settings → Activate',
      ),
    },
    skus: [
      {
        key: 'INKY',
        name: '一年授权',
        en: 'One year',
        priceMinor: 6800,
        cards: 1000,
        priceSteps: [
          { minQuantity: 5, priceMinor: 6200 },
          { minQuantity: 20, priceMinor: 5500 },
        ],
      },
      { key: 'INKL', name: '永久授权', en: 'Lifetime', priceMinor: 19800, cards: 120 },
    ],
  },
  {
    slug: 'sample-aurora-photo',
    category: 'software-keys',
    name: '示例 · 极光修图 激活码',
    summary: '批量调色与抠图，单设备授权',
    description: about('激活码一次性使用，激活后不可转移。'),
    en: {
      name: 'Sample · Aurora Photo key',
      summary: 'Batch colour grading and cut-outs, one device',
      description: aboutEn('A key works once and cannot be moved after activation.'),
    },
    skus: [{ key: 'AURO', name: '单设备', en: 'One device', priceMinor: 12900, cards: 60 }],
  },
  {
    slug: 'sample-skylark-gift-card',
    category: 'gift-cards',
    name: '示例 · 云雀商城礼品卡',
    summary: '卡号与密码两段，余额可分次使用',
    description: about('在结算页选择「礼品卡」，依次输入卡号与密码。'),
    en: {
      name: 'Sample · Skylark Store gift card',
      summary: 'A card number and a PIN; spend the balance bit by bit',
      description: aboutEn('Choose “Gift card” at the checkout and enter number and PIN.'),
    },
    skus: [
      { key: 'SKY1', name: '100 元', en: '¥100', priceMinor: 9800, cards: 300 },
      { key: 'SKY5', name: '500 元', en: '¥500', priceMinor: 48500, cards: 3 },
    ],
  },
  {
    slug: 'sample-harbour-gift-card',
    category: 'gift-cards',
    name: '示例 · 港湾礼品卡（美元）',
    summary: '以美元计价的礼品卡',
    description: about('美元商品不能与人民币商品放在同一订单里。'),
    en: {
      name: 'Sample · Harbour gift card (US dollars)',
      summary: 'A gift card priced in US dollars',
      description: aboutEn('Goods in dollars and goods in yuan cannot share one order.'),
    },
    skus: [{ key: 'HARB', name: '10 美元', en: '$10', priceMinor: 990, currency: 'USD', cards: 80 }],
  },
  {
    slug: 'sample-starsea-points',
    category: 'game-items',
    name: '示例 · 星海点数卡',
    summary: '充值码，登录游戏后在商店兑换',
    description: about('每位买家限购若干张，见规格说明。'),
    en: {
      name: 'Sample · Starsea points',
      summary: 'A top-up code; redeem it in the game’s shop',
      description: aboutEn('Each buyer may take only so many, as noted beside the variant.'),
    },
    skus: [
      { key: 'STA6', name: '600 点', en: '600 points', priceMinor: 5900, cards: 400 },
      { key: 'STAR', name: '3,280 点', en: '3,280 points', priceMinor: 29800, cards: 90, perBuyerLimit: 5 },
    ],
  },
  {
    slug: 'sample-dragonridge-pack',
    category: 'game-items',
    name: '示例 · 龙脊远征 新手礼包',
    summary: '通用兑换码，不限库存',
    description: about('所有买家得到同一个兑换码，每个游戏账号可用一次。'),
    en: {
      name: 'Sample · Dragonridge Expedition starter pack',
      summary: 'One code for everybody, never out of stock',
      description: aboutEn('Every buyer gets the same code; each game account may use it once.'),
    },
    skus: [
      {
        key: 'DRAG',
        name: '礼包码',
        en: 'Pack code',
        priceMinor: 600,
        delivery: 'loop',
        loopSecret: 'SAMPLE-DRAGONRIDGE-2026',
        maxQuantity: 1,
      },
    ],
  },
  {
    slug: 'sample-lime-video',
    category: 'memberships',
    name: '示例 · 青柠影视会员',
    summary: '月卡、年卡，自动发货',
    description: about('激活码自兑换之日起计算时长，可叠加。'),
    en: {
      name: 'Sample · Lime Video membership',
      summary: 'By the month or the year, delivered at once',
      description: aboutEn('Time counts from the day of redeeming and adds up.'),
    },
    skus: [
      { key: 'LIMM', name: '月卡', en: 'One month', priceMinor: 1500, cards: 500 },
      { key: 'LIMY', name: '年卡', en: 'One year', priceMinor: 14800, cards: 200 },
    ],
  },
  {
    slug: 'sample-echo-music',
    category: 'memberships',
    name: '示例 · 回声音乐 家庭会员代开通',
    summary: '人工处理，付款后由店主交付',
    description: about('付款后店主会在订单页写下结果，通常在当天完成。'),
    en: {
      name: 'Sample · Echo Music family plan, set up for you',
      summary: 'Handled by a person after you pay',
      description: aboutEn('After payment the owner writes the result on your order page, usually the same day.'),
    },
    skus: [{ key: 'ECHO', name: '一年', en: 'One year', priceMinor: 8800, delivery: 'manual', maxQuantity: 5 }],
  },
];
