import { createLoginThrottle } from '../account/login-throttle.ts';
import type { Context } from '../context.ts';
import type { App } from '../http/app-type.ts';
import { changePasswordRoute } from '../http/routes/account/change-password.ts';
import { listMyOrdersRoute } from '../http/routes/account/list-my-orders.ts';
import { logInRoute } from '../http/routes/account/log-in.ts';
import { logOutRoute } from '../http/routes/account/log-out.ts';
import { registerRoute } from '../http/routes/account/register.ts';
import { showAccountRoute } from '../http/routes/account/show-account.ts';

/** The user centre. The shop sells without it. */
export async function accountService(app: App, context: Context): Promise<void> {
  const loginThrottle = createLoginThrottle({ on: context.config.limits, redis: context.redis, door: 'buyer' });
  registerRoute(app, context, loginThrottle);
  logInRoute(app, context, loginThrottle);
  logOutRoute(app, context);
  showAccountRoute(app, context);
  changePasswordRoute(app, context, loginThrottle);
  listMyOrdersRoute(app, context);
}
