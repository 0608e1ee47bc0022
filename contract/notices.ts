/**
 * What the shop can tell its people, as data. P0: the shop is losing trade or truth, now. P1: soon, or in part. P2: look at
 * it today. info: business as usual. Which target hears of what is the owner's choice; quiet hours hold back info alone.
 */
export const severities = ['P0', 'P1', 'P2', 'info'] as const;
export type Severity = (typeof severities)[number];

interface NoticeEvent {
  severity: Severity;
  /** The page of the console that it leads to, below /admin. */
  page: string;
}

export const noticeEvents = {
  // trade
  'order.paid': { severity: 'info', page: '/orders' },
  'order.delivered': { severity: 'info', page: '/orders' },
  'order.manual': { severity: 'P2', page: '/orders' }, // paid, and a person must deliver
  'refund.done': { severity: 'info', page: '/orders' },
  'review.opened': { severity: 'P2', page: '/review' },
  // goods
  'stock.low': { severity: 'P2', page: '/cards' },
  'stock.out': { severity: 'P1', page: '/cards' },
  'stock.back': { severity: 'info', page: '/cards' },
  'cards.imported': { severity: 'info', page: '/cards' },
  // the machine
  'channel.blocked': { severity: 'P1', page: '/channels' },
  'channel.recovered': { severity: 'P2', page: '/channels' },
  'callbacks.failing': { severity: 'P0', page: '/channels' },
  'callbacks.working': { severity: 'P0', page: '/channels' },
  'degrade.entered': { severity: 'P0', page: '/' },
  'degrade.left': { severity: 'P0', page: '/' },
  'audit.failed': { severity: 'P0', page: '/review' }, // the data contradicts itself: stock, journal, books
  'outbox.stuck': { severity: 'P1', page: '/notices' },
  'outbox.flowing': { severity: 'P2', page: '/notices' },
  'backup.failed': { severity: 'P1', page: '/' },
  // people
  'owner.signed-in': { severity: 'P2', page: '/account' },
} as const satisfies Record<string, NoticeEvent>;
export type NoticeEventName = keyof typeof noticeEvents;

export const noticeEventNames = Object.keys(noticeEvents) as NoticeEventName[];

/** A name that a newer program has written is none of ours. */
export function isNoticeEvent(name: string): name is NoticeEventName {
  return Object.hasOwn(noticeEvents, name);
}

/** What a new target hears of, until its owner says otherwise: what needs a person. */
export const usualEvents: readonly NoticeEventName[] = noticeEventNames.filter(
  (name) => noticeEvents[name].severity !== 'info',
);
