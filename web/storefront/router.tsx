import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rememberToken } from './order/device-orders.ts';
import { CatalogPage } from './pages/catalog-page.tsx';
import { CrashPage } from './pages/crash-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

const root = createRootRoute({ component: Shell });

export const catalogRoute = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: CatalogPage,
  validateSearch: (search: Record<string, unknown>): { q?: string; category?: string; page?: number } => {
    const q = text(search.q)?.slice(0, 100);
    const category = text(search.category);
    const page = Math.trunc(Number(search.page));
    return { ...(q && { q }), ...(category && { category }), ...(page > 1 && { page }) };
  },
});

const productRoute = createRoute({
  getParentRoute: () => root,
  path: '/products/$slug',
  component: lazyRouteComponent(() => import('./pages/product-page.tsx'), 'ProductPage'),
});

const cartRoute = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyRouteComponent(() => import('./pages/cart-page.tsx'), 'CartPage'),
});

const checkoutRoute = createRoute({
  getParentRoute: () => root,
  path: '/checkout',
  component: lazyRouteComponent(() => import('./pages/checkout-page.tsx'), 'CheckoutPage'),
  validateSearch: (search: Record<string, unknown>): { lines?: string } => {
    const lines = text(search.lines);
    return lines ? { lines } : {};
  },
});

const ordersRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  component: lazyRouteComponent(() => import('./pages/orders-page.tsx'), 'OrdersPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id',
  // The link of an order carries its key after the #, which no server sees. Keep it here and clear the address bar.
  beforeLoad: ({ params, location }) => {
    const token = /^t=(.+)$/.exec(location.hash)?.[1];
    if (!token) return;
    rememberToken(params.id, decodeURIComponent(token));
    throw redirect({ to: '/orders/$id', params: { id: params.id }, hash: '', replace: true });
  },
  component: lazyRouteComponent(() => import('./pages/order-page.tsx'), 'OrderPage'),
});

const legalRoute = createRoute({
  getParentRoute: () => root,
  path: '/legal/$kind',
  component: lazyRouteComponent(() => import('./pages/legal-page.tsx'), 'LegalPage'),
});

const ticketRoute = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$id',
  component: lazyRouteComponent(() => import('./pages/ticket-page.tsx'), 'TicketPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    catalogRoute,
    productRoute,
    cartRoute,
    checkoutRoute,
    ordersRoute,
    orderRoute,
    ticketRoute,
    legalRoute,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
