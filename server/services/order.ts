import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { createOrderWatch } from '../http/order-watch.ts';
import { cancelOrderRoute } from '../http/routes/order/cancel-order.ts';
import { listProductsRoute } from '../http/routes/order/list-products.ts';
import { lookupOrdersRoute } from '../http/routes/order/lookup-orders.ts';
import { placeOrderRoute } from '../http/routes/order/place-order.ts';
import { restockRoutes } from '../http/routes/order/restock.ts';
import { shopInfoRoute } from '../http/routes/order/shop-info.ts';
import { showLegalTextRoute } from '../http/routes/order/show-legal-text.ts';
import { showOrderRoute } from '../http/routes/order/show-order.ts';
import { showProductRoute } from '../http/routes/order/show-product.ts';
import { showTicketRoute } from '../http/routes/order/show-ticket.ts';
import { watchOrderRoute } from '../http/routes/order/watch-order.ts';

export async function orderService(app: App, context: Context): Promise<void> {
  // Asked for before it is needed: it must be known when the database goes away.
  app.addHook('onReady', async () => void (await context.letterKeys.current().catch(() => undefined)));
  listProductsRoute(app, context);
  showProductRoute(app, context);
  shopInfoRoute(app, context);
  restockRoutes(app, context);
  showLegalTextRoute(app, context);
  placeOrderRoute(app, context);
  showOrderRoute(app, context);
  showTicketRoute(app, context);
  cancelOrderRoute(app, context);
  lookupOrdersRoute(app, context);
  const watch = createOrderWatch(context);
  app.addHook('onClose', async () => watch.close());
  watchOrderRoute(app, context, watch);
}
