import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { listProductsRoute } from '../http/routes/order/list-products.ts';
import { shopInfoRoute } from '../http/routes/order/shop-info.ts';
import { showProductRoute } from '../http/routes/order/show-product.ts';

export async function orderService(app: App, context: Context): Promise<void> {
  listProductsRoute(app, context);
  showProductRoute(app, context);
  shopInfoRoute(app, context);
}
