/** Context + roles -> HTTP application. */
import swagger from '@fastify/swagger';
import fastify, { LogController } from 'fastify';
import type { Context } from './context.ts';
import type { App } from './http/app-type.ts';
import { refuseUnguardedRoutes } from './http/plugins/admin-auth.ts';
import { apiDocs } from './http/plugins/api-docs.ts';
import { healthRoutes } from './http/plugins/health.ts';
import { metricsRoute } from './http/plugins/metrics-route.ts';
import { pages } from './http/plugins/pages.ts';
import { pictures } from './http/plugins/pictures.ts';
import { replyHeaders } from './http/plugins/reply-headers.ts';
import { requestMetrics } from './http/plugins/request-metrics.ts';
import { returnFromPayment } from './http/plugins/return-from-payment.ts';
import { shopLook } from './http/plugins/shop-look.ts';
import { sendError } from './http/problem.ts';
import { schemaValidator } from './http/validation.ts';
import { adminFolder, storefrontFolder } from './paths.ts';
import { sortableId } from './platform/ids.ts';
import { type DegradeService, startDegrade } from './services/degrade.ts';
import { services } from './services/services.ts';
import { type Heartbeat, startHeartbeat } from './services/system.ts';

const bodyLimitBytes = 256 * 1024;
/** The longest card import over a slow line. What sends nothing for half a minute is cut off much earlier. */
const requestTimeoutMs = 15 * 60_000;
const idleTimeoutMs = 30_000;

export async function buildApp(context: Context): Promise<App> {
  const app = fastify({
    loggerInstance: context.log as never,
    // One line for each request would cost more than the request, and a logger made for each a twentieth of it; failed
    // ones are logged by http/problem.ts with the request's id.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleTimeoutMs,
    keepAliveTimeout: 65_000, // above the 60 s of common load balancers, so that they close first
    trustProxy: context.config.trustProxy,
    genReqId: () => sortableId(context.clock.now()),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    // Refusals of the router itself: an address that cannot be read, a parameter that is too long.
    frameworkErrors: sendError as never,
    exposeHeadRoutes: true,
    // What still arrives on an open connection is served, with `connection: close`.
    return503OnClosing: false,
  }).withTypeProvider() as unknown as App;

  app.setChildLoggerFactory((logger) => logger);
  app.setValidatorCompiler(schemaValidator());
  app.setErrorHandler(sendError as never);
  refuseUnguardedRoutes(app);
  replyHeaders(app, context);
  requestMetrics(app, context);
  await pages(app, [
    { prefix: '/', folder: storefrontFolder },
    { prefix: '/admin/', folder: adminFolder },
  ]);
  pictures(app, context);
  shopLook(app, context);
  returnFromPayment(app);
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Cardwell',
        version: '1',
        description:
          'A shop for digital goods. Money is integer minor units, times are UTC milliseconds, errors are RFC 9457.',
      },
      components: {
        securitySchemes: {
          order: { type: 'http', scheme: 'bearer', description: 'The accessToken of an order' },
          admin: { type: 'http', scheme: 'bearer', description: 'An API token: npx cardwell token create' },
        },
      },
    },
  });
  healthRoutes(app, context);
  metricsRoute(app, context);
  apiDocs(app);
  watchDatabase(app, context);
  for (const role of context.roles) await app.register(async (scope) => services[role](scope as App, context));
  return app;
}

function watchDatabase(app: App, context: Context): void {
  let degrade: DegradeService | undefined;
  let heartbeat: Heartbeat | undefined;
  app.addHook('onReady', async () => {
    degrade = startDegrade(context);
    heartbeat = startHeartbeat(context);
  });
  app.addHook('onClose', async () => {
    await Promise.all([degrade?.stop(), heartbeat?.stop()]);
  });
}
