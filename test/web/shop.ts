import type { Page } from 'playwright-core';
import { startShopDouble } from './shop-double.ts';

export interface RunningShop {
  origin: string;
  pay: (page: Page) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startShop(): Promise<RunningShop> {
  const shop = await startShopDouble();
  return {
    origin: shop.origin,
    pay: async (page) => shop.pay(new URL(page.url()).pathname.split('/').at(-1)!),
    stop: shop.close,
  };
}
