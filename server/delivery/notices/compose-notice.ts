/** Pure: what has happened since the last message to a target -> one message. Many of a kind become one line with their number. */
import type { Language } from '../../../contract/common.ts';
import {
  isNoticeEvent,
  type NoticeEventName,
  noticeEvents,
  type Severity,
  severities,
} from '../../../contract/notices.ts';
import type { RecordedEvent } from '../../platform/event-store.ts';
import type { NoticeFact } from '../notifiers/notifier.ts';
import { noticeTexts } from './notice-texts.ts';

export interface ComposedNotice {
  severity: Severity;
  title: string;
  lines: string[];
  /** Below /admin. */
  page: string;
  facts: NoticeFact[];
}

/** Lines of one kind of event before the rest is only counted. */
const shownOfKind = 5;
/** Facts a program is sent at once; more than that is counted in the lines. */
const mostFacts = 50;

export function composeNotice(events: readonly RecordedEvent[], lang: Language): ComposedNotice {
  const facts = events.flatMap((one) => factOf(one) ?? []);
  const kinds = [...Map.groupBy(facts, (fact) => fact.event)].sort(([a], [b]) => rank(a) - rank(b));
  const [first] = kinds;
  if (!first) return { severity: 'info', title: '', lines: [], page: '/', facts: [] };
  const severity = noticeEvents[first[0]].severity;
  const texts = noticeTexts[lang];
  const mark = severity === 'info' ? '' : `[${severity}] `;
  const count = facts.length;
  const others = lang === 'zh' ? ` 等 ${count} 条通知` : ` and more (${count} notices)`;
  const many = first[1].length > 1 ? ` ×${first[1].length}` : '';
  return {
    severity,
    title: `${mark}${texts[first[0]].title}${kinds.length > 1 ? others : many}`,
    lines: kinds.flatMap(([event, ofKind]) => linesOf(event, ofKind, lang, kinds.length > 1)),
    page: noticeEvents[first[0]].page,
    facts: facts.slice(0, mostFacts),
  };
}

function linesOf(event: NoticeEventName, facts: readonly NoticeFact[], lang: Language, named: boolean): string[] {
  const { title, line } = noticeTexts[lang][event];
  const before = named ? `${title}${lang === 'zh' ? '：' : ': '}` : '';
  const shown = facts.slice(0, shownOfKind).map(({ detail, orderId }) => oneLine(`${before}${line(detail, orderId)}`));
  const more = facts.length - shown.length;
  if (more === 0) return shown;
  return [...shown, lang === 'zh' ? `${title} 还有 ${more} 条` : `${title}: ${more} more`];
}

/** What other people's words bring along (a product's name, a network's reason) must not look like a line of ours. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 400);

function factOf({ event, at, orderId, detail }: RecordedEvent): NoticeFact | undefined {
  if (!isNoticeEvent(event)) return undefined;
  return { event, severity: noticeEvents[event].severity, at, orderId, detail };
}

const rank = (event: NoticeEventName): number => severities.indexOf(noticeEvents[event].severity);
