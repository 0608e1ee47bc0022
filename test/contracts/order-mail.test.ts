/** Mails to buyers over real SMTP: in their language, with a link that opens the order, and never with a card. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mailTemplates } from '../../server/delivery/mail-texts.ts';
import { linkLifeMs, mailTopic } from '../../server/delivery/mail-topic.ts';
import { createMailer, type Mailer } from '../../server/delivery/mailer.ts';
import { orderMail } from '../../server/delivery/order-mail.ts';
import { sendOutbox } from '../../server/delivery/send-outbox.ts';
import { grantAccess, mayOpen } from '../../server/order/order-access-store.ts';
import { readOrder } from '../../server/order/order-store.ts';
import { mailText, newMailServer, type TestMailServer } from '../kit/mail-server.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

let shop: TradingShop;
let server: TestMailServer;
let mailer: Mailer;
before(async () => {
  shop = await newTradingShop('sqlite', { mailEnabled: true });
  server = await newMailServer();
  mailer = createMailer({ smtpUrl: server.url, from: 'Shop <shop@example.com>' });
});
after(async () => {
  mailer.close();
  await server.close();
  await shop.close();
});

function sendAll() {
  const { database, clock } = shop;
  const mail = mailTopic({
    mailer,
    baseUrl: 'https://shop.example',
    shopName: async () => '小店',
    readOrder: (id) => readOrder(database.read, id),
    grantAccess: async (id, lifeMs) =>
      (await database.transact('test', (tx) => grantAccess(tx, [id], 'mail', clock.now(), lifeMs)))[0] as string,
  });
  const { log, metrics } = shop.world;
  const people = { tellPerson: async () => {}, settledByPerson: async () => new Set<string>() };
  return sendOutbox({ database, clock, log, metrics: metrics, topics: { mail }, owner: 'w', ...people });
}

test('a delivered order is announced with a link that opens it, and holds no card', async () => {
  const skuId = await shop.stockedSku(3);
  const order = await shop.place([{ skuId, quantity: 2 }], 'Li@example.com');
  await shop.pay(order);
  assert.equal(await sendAll(), 1);
  assert.equal(await sendAll(), 0);
  const [mail] = server.mails;
  assert.deepEqual(mail?.to, ['Li@example.com']);
  assert.equal(mail?.from, 'shop@example.com');
  const text = mailText(mail?.raw ?? '');
  assert.match(text, /已发货/);
  assert.match(text, /小店/);
  assert.doesNotMatch(text, /secret-|N\d+----/);
  const [, path, token] = /https:\/\/shop\.example(\/orders\/\w+)#t=([\w-]+)/.exec(text) ?? [];
  assert.equal(path, `/orders/${order.id}`);
  const opens = () => mayOpen(shop.database.read, order.id, token as string, shop.clock.now());
  assert.ok(await opens());
  shop.clock.advance(linkLifeMs + 1);
  assert.ok(!(await opens()));
});

test('a mail server that says no gets the mail again later, recognisable as the same one', async () => {
  server.mails.length = 0;
  const order = await shop.place([{ skuId: await shop.stockedSku(1), quantity: 1 }], 'again@example.com');
  await shop.pay(order);
  server.refuse = 'mailbox busy';
  assert.equal(await sendAll(), 1);
  assert.equal(server.mails.length, 0);
  server.refuse = undefined;
  shop.clock.advance(3_000);
  assert.equal(await sendAll(), 1);
  await shop.database.transact('test', (tx) =>
    tx
      .updateTable('outbox')
      .set({ status: 'pending', next_at: 0 })
      .where('id', '=', `mail:delivered:${order.id}`)
      .execute(),
  );
  assert.equal(await sendAll(), 1);
  const ids = server.mails.map((mail) => /^message-id: *(.+)$/im.exec(mail.raw)?.[1]);
  assert.equal(ids.length, 2);
  assert.match(ids[0] ?? '', /^<[\w-]{43}@shop\.example>$/);
  assert.equal(ids[0], ids[1]);
});

test('nobody is there: the failure is told in words', async () => {
  const nobody = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.c' });
  await assert.rejects(nobody.verify());
  nobody.close();
});

test('names cannot smuggle HTML, headers or further addresses in', () => {
  const lines = [{ productName: '<img src=x onerror=alert(1)>', skuName: '"&\'', quantity: 1 }];
  const order = { id: 'A0', contact: 'x', lang: 'en', currency: 'CNY', totalMinor: 1999, lines };
  for (const template of mailTemplates) {
    const shop = { name: 'Shop\r\nBcc: everyone@example.com', orderUrl: 'https://s.example/orders/A0#t="><b>' };
    const mail = orderMail(template, order, shop);
    assert.doesNotMatch(mail.subject, /[\r\n]/);
    assert.doesNotMatch(mail.html, /<img|<b>|"&'/);
    assert.match(mail.html, /&lt;img/);
    assert.match(mail.text, /19\.99/);
  }
});

test('every template speaks both languages, and currencies Intl does not know are written out', () => {
  for (const template of mailTemplates) {
    const order = { id: 'A0', contact: 'x', currency: 'USDT', totalMinor: 1250, lines: [] };
    const shop = { name: 'S', orderUrl: 'https://s.example' };
    assert.match(orderMail(template, { ...order, lang: 'zh' }, shop).subject, /订单/);
    const english = orderMail(template, { ...order, lang: 'en' }, shop);
    assert.match(english.subject, /order/);
    assert.match(english.text, /12\.50 USDT/);
    assert.doesNotMatch(english.text + english.html + english.subject, /\p{Script=Han}/u);
  }
});
