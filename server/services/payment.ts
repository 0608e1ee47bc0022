import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { listChannelsRoute } from '../http/routes/payment/list-channels.ts';
import { receiveCallbackRoute } from '../http/routes/payment/receive-callback.ts';
import { sandboxPayPageRoute } from '../http/routes/payment/sandbox-pay-page.ts';
import { startPaymentRoute } from '../http/routes/payment/start-payment.ts';

export async function paymentService(app: App, context: Context): Promise<void> {
  app.addHook('onReady', async () => {
    await context.channels
      .refresh()
      .catch((error: unknown) => context.log.warn({ err: error }, 'the payment channels are not known yet'));
  });
  listChannelsRoute(app, context);
  startPaymentRoute(app, context);
  receiveCallbackRoute(app, context);
  if (context.channels.get('sandbox')) sandboxPayPageRoute(app, context);
}
