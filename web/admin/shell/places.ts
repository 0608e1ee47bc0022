/** The places of the console, in the order of the menu. */
import {
  IconCards,
  IconCategory,
  IconChecklist,
  IconCreditCard,
  IconDiscount,
  IconHistory,
  IconHome2,
  IconPackage,
  IconReceipt,
  IconSettings,
  IconUserCircle,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { zh } from '../locales/zh.ts';

type PlaceText = Extract<keyof typeof zh, `place.${string}`>;

export interface Place {
  to: NonNullable<LinkProps['to']>;
  text: PlaceText;
  icon: typeof IconHome2;
  exact?: boolean;
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
      { to: '/orders', text: 'place.orders', icon: IconReceipt },
      { to: '/review', text: 'place.review', icon: IconChecklist },
      { to: '/channels', text: 'place.channels', icon: IconCreditCard },
    ],
  },
  {
    text: 'place.goods',
    places: [
      { to: '/products', text: 'place.products', icon: IconPackage },
      { to: '/cards', text: 'place.cards', icon: IconCards },
      { to: '/categories', text: 'place.categories', icon: IconCategory },
      { to: '/coupons', text: 'place.coupons', icon: IconDiscount },
    ],
  },
  {
    text: 'place.shop',
    places: [
      { to: '/settings', text: 'place.settings', icon: IconSettings },
      { to: '/audit', text: 'place.audit', icon: IconHistory },
      { to: '/account', text: 'place.account', icon: IconUserCircle },
    ],
  },
];
