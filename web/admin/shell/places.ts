/** The places of the console, in the order of the menu. */
import {
  IconArrowBackUp,
  IconBell,
  IconCards,
  IconCash,
  IconCategory,
  IconChecklist,
  IconCreditCard,
  IconDatabaseExport,
  IconDiscount,
  IconHistory,
  IconHome2,
  IconPackage,
  IconPalette,
  IconReceipt,
  IconScale,
  IconServer,
  IconSettings,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { Action } from '../../../contract/permissions.ts';
import type { zh } from '../locales/zh.ts';

type PlaceText = Extract<keyof typeof zh, `place.${string}`>;

export interface Place {
  to: NonNullable<LinkProps['to']>;
  text: PlaceText;
  icon: typeof IconHome2;
  exact?: boolean;
  /** Who may not do this does not see the place. */
  needs?: Action;
}

export interface PlaceGroup {
  text?: PlaceText;
  places: readonly Place[];
}

export const placeGroups: readonly PlaceGroup[] = [
  { places: [{ to: '/', text: 'place.home', icon: IconHome2, exact: true }] },
  {
    text: 'place.trade',
    places: [
      { to: '/orders', text: 'place.orders', icon: IconReceipt, needs: 'orders.read' },
      { to: '/review', text: 'place.review', icon: IconChecklist, needs: 'review.read' },
      { to: '/payments', text: 'place.payments', icon: IconCash, needs: 'payments.read' },
      { to: '/refunds', text: 'place.refunds', icon: IconArrowBackUp, needs: 'payments.read' },
      { to: '/reconciliations', text: 'place.reconciliations', icon: IconScale, needs: 'reconciliations.read' },
      { to: '/channels', text: 'place.channels', icon: IconCreditCard, needs: 'channels.read' },
    ],
  },
  {
    text: 'place.goods',
    places: [
      { to: '/products', text: 'place.products', icon: IconPackage, needs: 'catalogue.read' },
      { to: '/cards', text: 'place.cards', icon: IconCards, needs: 'cards.read' },
      { to: '/categories', text: 'place.categories', icon: IconCategory, needs: 'catalogue.read' },
      { to: '/coupons', text: 'place.coupons', icon: IconDiscount, needs: 'coupons.read' },
    ],
  },
  {
    text: 'place.shop',
    places: [
      { to: '/appearance', text: 'place.appearance', icon: IconPalette, needs: 'settings.read' },
      { to: '/settings', text: 'place.settings', icon: IconSettings, needs: 'settings.read' },
      { to: '/notices', text: 'place.notices', icon: IconBell, needs: 'notices.read' },
      { to: '/people', text: 'place.people', icon: IconUsers, needs: 'staff.read' },
      { to: '/audit', text: 'place.audit', icon: IconHistory, needs: 'audit.read' },
      { to: '/backups', text: 'place.backups', icon: IconDatabaseExport, needs: 'backups.read' },
      { to: '/system', text: 'place.system', icon: IconServer, needs: 'system.read' },
      { to: '/account', text: 'place.account', icon: IconUserCircle },
    ],
  },
];

/** What the page of an address needs, by the place that it belongs to. */
export function needOf(path: string): Action | undefined {
  const places = placeGroups.flatMap((group) => group.places);
  return places.find(({ to, exact }) => !exact && (path === to || path.startsWith(`${to}/`)))?.needs;
}
