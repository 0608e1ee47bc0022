import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  'checkout.title': 'Checkout',
  'checkout.contact': 'How to reach you',
  'checkout.contactHint':
    'A mail address, phone number or any handle, to find your order again. Mail addresses get delivery notices.',
  'checkout.contactPlaceholder': 'for example name@example.com',
  'checkout.contactShort': 'Please fill this in (at least 2 characters)',
  'checkout.password': 'Look-up password (optional)',
  'checkout.passwordHint': 'With it you can find your order from any device.',
  'checkout.passwordShort': 'The look-up password needs at least 4 characters',
  'checkout.haveCoupon': 'Have a coupon?',
  'checkout.coupon': 'Coupon code',
  'checkout.pay': 'Pay with',
  'checkout.sandboxChannel': 'Simulated, no money is taken',
  'checkout.noChannel':
    'There is no way to pay right now, so please do not order yet. It appears here by itself when it is back; what you typed stays.',
  'checkout.subtotal': 'To pay',
  'checkout.discountLater': 'The coupon is taken off when you submit',
  'checkout.submit': 'Place order and pay',
  'checkout.submitting': 'Placing your order…',
  'checkout.retry': 'Try again',
  'checkout.retryIn': 'Try again in {seconds} s',
  'checkout.kept': 'Everything you typed is still here, and trying again will not order twice.',
  'checkout.reserve': 'Your items are held for you once you order. Please pay before the time runs out.',
  'checkout.recorded': 'Your order will wait its turn: nothing to pay and no stock reserved until it is placed.',
  'checkout.soldOutTitle': 'Not enough stock for some items',
  'checkout.nothing': 'There is nothing to check out',
  'checkout.unpaidOrders': 'See my orders',
  'checkout.private': 'Used only to find your order and to notify you. Never shown to anyone.',
};
