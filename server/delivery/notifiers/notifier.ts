/**
 * The port that every way of telling the shop's people stands behind. A notifier knows one service and its wire format; what
 * is said, to whom and when is decided elsewhere (server/delivery/notices). It is only called by the outbox and by the test
 * button, never inside a transaction, and answers with a value; it may throw OutsideHttpError, which counts as failed.
 */
import type { TObject } from 'typebox';
import type { Language } from '../../../contract/common.ts';
import type { NoticeEventName, Severity } from '../../../contract/notices.ts';
import type { Clock } from '../../platform/clock.ts';
import type { OutsideRule } from '../../platform/outside-address.ts';
import type { OutsideHttp } from '../../platform/outside-http.ts';
import type { Localized, Settings } from '../../platform/setting-fields.ts';
import type { Mailer } from '../mailer.ts';

/** One thing that happened, for programs. */
export interface NoticeFact {
  event: NoticeEventName;
  severity: Severity;
  at: number;
  orderId: string | null;
  detail: Record<string, unknown>;
}

export interface Notice {
  /** The same for each try of one message, so that a receiver can tell a repeat. */
  id: string;
  severity: Severity;
  lang: Language;
  shop: string;
  title: string;
  /** For people; one line for each event, or for several of a kind. */
  lines: readonly string[];
  /** The page of the console that it leads to. */
  url: string;
  facts: readonly NoticeFact[];
  at: number;
}

export type NotifyResult =
  /** What the service said, for the log; never more than a line. */
  | { kind: 'sent'; answer: string }
  /** `waitMs`: the service told how long to leave it alone. */
  | { kind: 'failed'; reason: string; waitMs?: number };

export interface Notifier {
  send(notice: Notice): Promise<NotifyResult>;
}

export interface NotifierParts {
  http: OutsideHttp;
  /** For addresses, when they are saved; the http client looks again when it connects. */
  rule: OutsideRule;
  /** Absent in a shop without a mail server. */
  mailer: Mailer | undefined;
  clock: Clock;
}

export interface NotifierKind {
  readonly kind: string;
  readonly names: Localized;
  /** What it is for and where its owner finds the values, in a sentence or two. */
  readonly help: Localized;
  /** Made with platform/setting-fields.ts: the admin draws its form from it. */
  readonly settings: TObject;
  /** Pure and quick, no I/O. Throws SettingError for a value of the right form that is still of no use. */
  open(settings: Readonly<Settings>, parts: NotifierParts): Notifier;
}
