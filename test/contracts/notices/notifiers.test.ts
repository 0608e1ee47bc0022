/** Every notifier against a service as strict as the real one: wire format, signature, its words for yes and no, its limits. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { createMailer } from '../../../server/delivery/mailer.ts';
import { notifierKinds } from '../../../server/delivery/notifiers/kinds.ts';
import type { Notice, NotifierParts, NotifyResult } from '../../../server/delivery/notifiers/notifier.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { everythingAllowed, readOutsideRule } from '../../../server/platform/outside-address.ts';
import { createOutsideHttp, OutsideHttpError } from '../../../server/platform/outside-http.ts';
import { checkSettings, SettingError } from '../../../server/platform/setting-fields.ts';
import { mailText, newMailServer, type TestMailServer } from '../../kit/mail-server.ts';
import { type NoticeServices, serviceKinds, startNoticeServices } from '../../kit/notice-services.ts';

const notice: Notice = {
  id: 'notice:7',
  severity: 'P1',
  lang: 'zh',
  shop: '小铺',
  title: '[P1] 已售罄',
  lines: ['月卡 <b>*_[x](http://evil)</b> 已售罄'],
  url: 'https://shop.example/admin/cards',
  facts: [{ event: 'stock.out', severity: 'P1', at: 1, orderId: null, detail: { skuId: 3, name: '月卡' } }],
  at: 1,
};

suite('notifiers', () => {
  let services: NoticeServices;
  let mails: TestMailServer;
  let parts: NotifierParts;

  before(async () => {
    services = await startNoticeServices();
    mails = await newMailServer();
    const mailer = createMailer({ smtpUrl: mails.url, from: 'shop@shop.example' });
    const http = createOutsideHttp(everythingAllowed);
    parts = { http, rule: everythingAllowed, mailer, clock: systemClock };
  });
  after(async () => {
    parts.mailer?.close();
    await services.close();
    await mails.close();
  });
  beforeEach(() => {
    services.mood = 'well';
    services.received.length = 0;
    services.refused.length = 0;
  });

  const kindOf = (kind: string) => notifierKinds.find((one) => one.kind === kind) ?? assert.fail(kind);
  const open = (kind: string, more: Record<string, unknown> = {}, with_ = parts) => {
    const found = kindOf(kind);
    return found.open(checkSettings(found.settings, { ...services.settingsOf(kind), ...more }), with_);
  };
  /** As the caller takes it: no answer at all counts as failed. */
  const outcome = (sending: Promise<NotifyResult>): Promise<NotifyResult> =>
    sending.catch((error: unknown) => {
      assert.ok(error instanceof OutsideHttpError, String(error));
      return { kind: 'failed', reason: error.message };
    });

  test('every kind but mail has a service that it is tried against', () => {
    const kinds = notifierKinds.map((one) => one.kind).filter((kind) => kind !== 'mail');
    assert.deepEqual(kinds.sort(), [...serviceKinds].sort());
  });

  for (const kind of serviceKinds) {
    test(`${kind}: what is said arrives, signed as the service wants it`, async () => {
      const result = await open(kind).send(notice);
      assert.deepEqual(services.refused, []);
      assert.equal(result.kind, 'sent', JSON.stringify(result));
      const [got] = services.received;
      for (const words of ['小铺', '已售罄', '<b>*_[x]'])
        if (!(kind === 'webhook' && words === '小铺')) assert.ok(got?.text.includes(words), `${words}: ${got?.text}`);
    });

    test(`${kind}: a long digest fits the service and says how much is missing`, async () => {
      const lines = Array.from({ length: 400 }, (_, i) => `第 ${i} 条通知，内容有些长，而且有表情 🎉🎉🎉`);
      const title = '很长的标题'.repeat(200);
      const result = await open(kind).send({ ...notice, title, lines, shop: '店'.repeat(80) });
      assert.equal(result.kind, 'sent', JSON.stringify(result));
      const text = services.received[0]?.text ?? '';
      if (kind !== 'webhook') assert.match(text, /…还有 \d+ 条/);
      assert.ok(!text.includes('\uFFFD') && text.isWellFormed());
    });

    test(`${kind}: no is no, also inside a 200; too often says when; no answer is no success`, async () => {
      for (const mood of ['says-no', 'broken', 'too-often'] as const) {
        services.mood = mood;
        const result = await outcome(open(kind).send(notice));
        assert.equal(result.kind, 'failed', `${mood}: ${JSON.stringify(result)}`);
        const told = JSON.stringify(result);
        for (const value of ['SEC-of-the-robot', 'wecom-key', 'ding-token', 'test-token', 'bark-device-key'])
          assert.ok(!told.includes(value), `${mood} tells a secret: ${told}`);
        if (mood === 'too-often') assert.ok(result.kind === 'failed' && (result.waitMs ?? 0) >= 7000, told);
      }
      services.mood = 'silent';
      const http = createOutsideHttp(everythingAllowed);
      const impatient = {
        request: (asked: Parameters<typeof http.request>[0]) => http.request({ ...asked, timeoutMs: 30 }),
      };
      const result = await outcome(open(kind, {}, { ...parts, http: impatient }).send(notice));
      assert.ok(result.kind === 'failed' && /in time/.test(result.reason), JSON.stringify(result));
    });
  }

  test('an address behind the firewall is refused when it is saved', () => {
    const strict = { ...parts, rule: readOutsideRule('') };
    for (const kind of serviceKinds) assert.throws(() => open(kind, {}, strict), SettingError, kind);
    for (const address of ['https://169.254.169.254/latest', 'http://example.com/hook', 'https://localhost/x'])
      assert.throws(() => open('webhook', { address }, strict), SettingError, address);
  });

  test('robots that ask for a keyword get it', async () => {
    for (const kind of ['dingtalk', 'feishu']) {
      await open(kind, { keyword: '发卡网' }).send(notice);
      assert.ok(services.received.at(-1)?.text.includes('发卡网'), kind);
    }
  });

  test('mail: to each of them, as text that cannot become markup, recognisable as one when repeated', async () => {
    const to = 'lin@example.com, wei@example.com';
    const two = { ...notice, title: '标题\r\nBcc: evil@example.com' };
    for (let i = 0; i < 2; i++) assert.equal((await open('mail', { to }).send(two)).kind, 'sent');
    assert.deepEqual(
      mails.mails.map((mail) => mail.to.join()),
      ['lin@example.com', 'wei@example.com', 'lin@example.com', 'wei@example.com'],
    );
    const ids = mails.mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail.raw)?.[1]);
    assert.equal(new Set(ids).size, 2);
    const raw = mails.mails[0]?.raw ?? '';
    const text = mailText(raw);
    assert.ok(text.includes('月卡') && text.includes('&lt;b&gt;'), text);
    assert.doesNotMatch(raw.split('\r\n\r\n')[0] ?? '', /^Bcc:/im);
    mails.refuse = 'mailbox full';
    await assert.rejects(open('mail', { to }).send(notice), /mailbox full/);
    mails.refuse = undefined;
    for (const wrong of ['', 'nobody', 'a@b.cc,'.repeat(6), 'a@b.cc\r\nBcc: x@y.zz'])
      assert.throws(() => open('mail', { to: wrong }), SettingError, wrong);
    const without = open('mail', { to }, { ...parts, mailer: undefined });
    assert.equal((await without.send(notice)).kind, 'failed');
  });
});
