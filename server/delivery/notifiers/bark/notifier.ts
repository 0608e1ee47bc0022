/** Bark, for iPhones: POST /push with JSON, answered with {code: 200}. Apple carries 4 KB, title and all. */
import { Type } from 'typebox';
import type { Severity } from '../../../../contract/notices.ts';
import { secretField, urlField } from '../../../platform/setting-fields.ts';
import type { NotifierKind } from '../notifier.ts';
import { allowedAddress } from '../outgoing-address.ts';
import { fittingLines } from '../plain-text.ts';
import { judged, postJson } from '../post-json.ts';

const maxBytes = 2000;

/** `critical` rings through silent mode; `passive` does not light the screen. */
const levels: Record<Severity, string> = { P0: 'critical', P1: 'timeSensitive', P2: 'active', info: 'passive' };

export const bark: NotifierKind = {
  kind: 'bark',
  names: { zh: 'Bark（iPhone）', en: 'Bark (iPhone)' },
  help: {
    zh: '在 iPhone 上安装 Bark，打开后复制设备密钥。最严重的通知会在静音时响铃。',
    en: 'Install Bark on an iPhone and copy the device key it shows. The gravest notices ring in silent mode too.',
  },
  settings: Type.Object({
    deviceKey: secretField({ maxLength: 100, pattern: '^[\\w-]+$', label: { zh: '设备密钥', en: 'Device key' } }),
    server: urlField({
      default: 'https://api.day.app',
      label: { zh: '服务器', en: 'Server' },
      help: { zh: '官方服务器，或自建的 bark-server', en: 'The official one, or a bark-server of your own' },
    }),
  }),
  open({ deviceKey, server }, { http, rule }) {
    const url = `${allowedAddress('server', String(server), rule)}/push`;
    return {
      async send(notice) {
        const reply = await postJson(http, url, {
          device_key: deviceKey,
          title: `${notice.shop} · ${notice.title}`.slice(0, 100),
          body: fittingLines(notice, maxBytes),
          group: notice.shop.slice(0, 60),
          level: levels[notice.severity],
          url: notice.url,
          // The same notice again replaces the first instead of standing beside it.
          id: notice.id,
        });
        return judged(reply, reply.status === 200 && reply.body.code === 200);
      },
    };
  },
};
