/** The pictures of the owner's guide, as data: where each is taken, and what is pressed before. */
import type { Page } from 'playwright-core';
import type { Language } from '../../contract/common.ts';

export interface Visit {
  page: Page;
  language: Language;
  origin: string;
  /** Orders of the day that was sold before. */
  delivered: string;
  inReview: string;
}

export interface Shot {
  name: string;
  on: 'desktop' | 'phone';
  /** Of the desk, or of the shop where it does not begin with /admin. */
  path: string | ((visit: Visit) => string);
  /** What the page must show before it is ready; its heading, if not said. */
  until?: string;
  before?: (visit: Visit) => Promise<void>;
}

/** By its place in both languages: a text that is there in Chinese and in English. */
const pressFirst =
  (zh: string, en: string) =>
  async ({ page, language }: Visit): Promise<void> => {
    const name = language === 'zh' ? zh : en;
    const named = { name, exact: true };
    await page.getByRole('button', named).or(page.getByRole('link', named)).first().click();
  };

export const shots: readonly Shot[] = [
  { name: 'home', on: 'desktop', path: '/admin/' },
  { name: 'home-phone', on: 'phone', path: '/admin/' },
  { name: 'products', on: 'desktop', path: '/admin/products', until: 'table' },
  {
    name: 'product',
    on: 'desktop',
    path: '/admin/products',
    until: 'table',
    before: async ({ page }) => {
      await page.locator('table a').first().click();
      await page.locator('#product-name').waitFor();
    },
  },
  { name: 'cards', on: 'desktop', path: '/admin/cards' },
  { name: 'card-import', on: 'desktop', path: '/admin/cards', before: pressFirst('导入卡密', 'Import cards') },
  { name: 'orders', on: 'desktop', path: '/admin/orders', until: 'table' },
  { name: 'order', on: 'desktop', path: ({ delivered }) => `/admin/orders/${delivered}` },
  { name: 'review', on: 'phone', path: '/admin/review' },
  { name: 'channels', on: 'desktop', path: '/admin/channels' },
  { name: 'channel-new', on: 'desktop', path: '/admin/channels/new' },
  { name: 'coupons', on: 'desktop', path: '/admin/coupons' },
  { name: 'start', on: 'phone', path: '/admin/start' },
  { name: 'appearance', on: 'desktop', path: '/admin/appearance' },
  { name: 'payments', on: 'desktop', path: '/admin/payments', until: 'table' },
  { name: 'backups', on: 'desktop', path: '/admin/backups' },
  { name: 'system', on: 'desktop', path: '/admin/system' },
  { name: 'notices', on: 'desktop', path: '/admin/notices/new' },
  { name: 'settings', on: 'desktop', path: '/admin/settings' },
  { name: 'people', on: 'desktop', path: '/admin/people' },
  { name: 'account', on: 'desktop', path: '/admin/account' },
  { name: 'audit', on: 'desktop', path: '/admin/audit' },
  { name: 'shop-phone', on: 'phone', path: '/', until: 'article' },
];
