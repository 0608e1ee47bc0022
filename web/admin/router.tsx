/** Every page of the console. Each loads its own script when it is first opened; what surrounds them is here from the start. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { LogInPage } from './access/log-in-page.tsx';
import { SetUpPage } from './access/set-up-page.tsx';
import { WelcomePage } from './access/welcome-page.tsx';
import { CrashPage } from './shell/crash-page.tsx';
import { Desk } from './shell/desk.tsx';
import { NothingHere } from './shell/nothing-here.tsx';
import { Shell } from './shell/shell.tsx';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined;

/** Filters live in the address: a list can be kept, sent to somebody, and left with the browser's back. */
const filters =
  <K extends string>(...names: readonly K[]) =>
  (search: Record<string, unknown>): Partial<Record<K, string>> => {
    const kept: Partial<Record<K, string>> = {};
    for (const name of names) {
      const value = text(search[name]);
      if (value) kept[name] = value;
    }
    return kept;
  };

const root = createRootRoute({ component: Shell });
const setUp = createRoute({ getParentRoute: () => root, path: '/setup', component: SetUpPage });
const welcome = createRoute({ getParentRoute: () => root, path: '/welcome', component: WelcomePage });
const logIn = createRoute({ getParentRoute: () => root, path: '/login', component: LogInPage });
const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: Desk });

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  validateSearch: filters('range', 'from', 'to'),
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});
const account = createRoute({
  getParentRoute: () => desk,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
});
const orders = createRoute({
  getParentRoute: () => desk,
  path: '/orders',
  validateSearch: filters('q', 'status', 'from', 'to'),
  component: lazyRouteComponent(() => import('./orders/orders-page.tsx'), 'OrdersPage'),
});
const order = createRoute({
  getParentRoute: () => desk,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('./orders/order-page.tsx'), 'OrderPage'),
});

const products = createRoute({
  getParentRoute: () => desk,
  path: '/products',
  validateSearch: filters('q', 'status', 'category'),
  component: lazyRouteComponent(() => import('./products/products-page.tsx'), 'ProductsPage'),
});
const newProduct = createRoute({
  getParentRoute: () => desk,
  path: '/products/new',
  component: lazyRouteComponent(() => import('./products/new-product-page.tsx'), 'NewProductPage'),
});
const product = createRoute({
  getParentRoute: () => desk,
  path: '/products/$id',
  component: lazyRouteComponent(() => import('./products/product-page.tsx'), 'ProductPage'),
});
const categories = createRoute({
  getParentRoute: () => desk,
  path: '/categories',
  component: lazyRouteComponent(() => import('./products/categories-page.tsx'), 'CategoriesPage'),
});

const cards = createRoute({
  getParentRoute: () => desk,
  path: '/cards',
  validateSearch: filters('sku', 'tab', 'status'),
  component: lazyRouteComponent(() => import('./cards/cards-page.tsx'), 'CardsPage'),
});

const coupons = createRoute({
  getParentRoute: () => desk,
  path: '/coupons',
  validateSearch: filters('q'),
  component: lazyRouteComponent(() => import('./coupons/coupons-page.tsx'), 'CouponsPage'),
});
const appearance = createRoute({
  getParentRoute: () => desk,
  path: '/appearance',
  validateSearch: filters('tab'),
  component: lazyRouteComponent(() => import('./appearance/appearance-page.tsx'), 'AppearancePage'),
});
const start = createRoute({
  getParentRoute: () => desk,
  path: '/start',
  validateSearch: filters('step'),
  component: lazyRouteComponent(() => import('./start/start-page.tsx'), 'StartPage'),
});
const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});
const people = createRoute({
  getParentRoute: () => desk,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});
const system = createRoute({
  getParentRoute: () => desk,
  path: '/system',
  component: lazyRouteComponent(() => import('./system/system-page.tsx'), 'SystemPage'),
});
const backups = createRoute({
  getParentRoute: () => desk,
  path: '/backups',
  component: lazyRouteComponent(() => import('./backups/backups-page.tsx'), 'BackupsPage'),
});
const audit = createRoute({
  getParentRoute: () => desk,
  path: '/audit',
  validateSearch: filters('action', 'subject'),
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
});

const payments = createRoute({
  getParentRoute: () => desk,
  path: '/payments',
  validateSearch: filters('q', 'channel', 'status', 'from', 'to', 'min', 'max'),
  component: lazyRouteComponent(() => import('./money/payments-page.tsx'), 'PaymentsPage'),
});
const payment = createRoute({
  getParentRoute: () => desk,
  path: '/payments/$id',
  component: lazyRouteComponent(() => import('./money/payment-page.tsx'), 'PaymentPage'),
});
const refunds = createRoute({
  getParentRoute: () => desk,
  path: '/refunds',
  validateSearch: filters('q', 'channel', 'status', 'from', 'to'),
  component: lazyRouteComponent(() => import('./money/refunds-page.tsx'), 'RefundsPage'),
});
const reconciliations = createRoute({
  getParentRoute: () => desk,
  path: '/reconciliations',
  validateSearch: filters('channel', 'from', 'to', 'differing'),
  component: lazyRouteComponent(() => import('./money/reconciliations-page.tsx'), 'ReconciliationsPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => desk,
  path: '/reconciliations/$channel/$date',
  component: lazyRouteComponent(() => import('./money/reconciliation-page.tsx'), 'ReconciliationPage'),
});

const review = createRoute({
  getParentRoute: () => desk,
  path: '/review',
  validateSearch: filters('status', 'kind'),
  component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage'),
});
const channels = createRoute({
  getParentRoute: () => desk,
  path: '/channels',
  component: lazyRouteComponent(() => import('./channels/channels-page.tsx'), 'ChannelsPage'),
});
const newChannel = createRoute({
  getParentRoute: () => desk,
  path: '/channels/new',
  validateSearch: filters('kind'),
  component: lazyRouteComponent(() => import('./channels/new-channel-page.tsx'), 'NewChannelPage'),
});
const channel = createRoute({
  getParentRoute: () => desk,
  path: '/channels/$code',
  component: lazyRouteComponent(() => import('./channels/channel-page.tsx'), 'ChannelPage'),
});

const notices = createRoute({
  getParentRoute: () => desk,
  path: '/notices',
  validateSearch: filters('tab', 'status'),
  component: lazyRouteComponent(() => import('./notices/notices-page.tsx'), 'NoticesPage'),
});
const newTarget = createRoute({
  getParentRoute: () => desk,
  path: '/notices/new',
  validateSearch: filters('kind'),
  component: lazyRouteComponent(() => import('./notices/new-target-page.tsx'), 'NewTargetPage'),
});
const target = createRoute({
  getParentRoute: () => desk,
  path: '/notices/$id',
  component: lazyRouteComponent(() => import('./notices/target-page.tsx'), 'TargetPage'),
});

const pages = [
  notices,
  newTarget,
  target,
  payments,
  payment,
  refunds,
  reconciliations,
  reconciliation,
  review,
  channels,
  newChannel,
  channel,
  home,
  account,
  orders,
  order,
  products,
  newProduct,
  product,
  categories,
  cards,
  coupons,
  appearance,
  start,
  settings,
  people,
  audit,
  system,
  backups,
];

export const router = createRouter({
  routeTree: root.addChildren([setUp, welcome, logIn, desk.addChildren(pages)]),
  basepath: '/admin',
  scrollRestoration: true,
  defaultNotFoundComponent: NothingHere,
  defaultErrorComponent: CrashPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
