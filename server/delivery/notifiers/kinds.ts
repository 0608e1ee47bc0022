/** Every way of telling the shop's people: one folder, one line. */
import { bark } from './bark/notifier.ts';
import { dingtalk } from './dingtalk/notifier.ts';
import { feishu } from './feishu/notifier.ts';
import { mailNotifier } from './mail/notifier.ts';
import type { NotifierKind } from './notifier.ts';
import { telegram } from './telegram/notifier.ts';
import { webhook } from './webhook/notifier.ts';
import { wecom } from './wecom/notifier.ts';

export const notifierKinds: readonly NotifierKind[] = [mailNotifier, wecom, dingtalk, feishu, telegram, bark, webhook];
