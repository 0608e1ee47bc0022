/** Degrade mode against a real MariaDB that is killed, frozen and started again: orders and money go on, nothing is lost. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TicketReceipt, TicketReply } from '../../contract/ticket.ts';
import { type Buyer, buyerAt, tradeFor } from '../kit/buyer.ts';
import { type Mariadb, startMariadb } from '../kit/mariadb.ts';
import { assertSound } from '../kit/shop-audit.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';

type Ticket = TicketReceipt['ticket'];

describe('while the database is away', { concurrency: 1 }, () => {
  let mariadb: Mariadb;
  let shop: TestShop;
  let server: ShopProcess;
  let buyer: Buyer;
  let skuId: number;

  before(async () => {
    mariadb = await startMariadb();
    shop = await newTestShop('mysql', { DATABASE_URL: await mariadb.newDatabase(), LOG_LEVEL: 'error' });
    skuId = await shop.newSku({ cards: 30 });
    server = await shop.newProcess();
    await server.start();
    buyer = buyerAt(server.origin);
  });
  after(async () => {
    await shop?.close();
    await mariadb?.stop();
  });

  const place = (wish: Partial<Parameters<Buyer['place']>[0]> = {}) => buyer.place({ skuId, ...wish });
  const ticketOf = (reply: { status: number; text: string; body: unknown }): Ticket => {
    assert.equal(reply.status, 202, reply.text);
    return (reply.body as TicketReceipt).ticket;
  };
  async function ask(
    ticket: Ticket,
    token = ticket.token,
    at = buyer,
  ): Promise<{ status: number; ticket: TicketReply['ticket'] }> {
    const reply = await at.call({ path: ticket.url, headers: { authorization: `Bearer ${token}` } });
    return { status: reply.status, ticket: (JSON.parse(reply.text) as TicketReply).ticket };
  }
  async function settled(ticket: Ticket, at = buyer): Promise<TicketReply['ticket']> {
    let last: TicketReply['ticket'] | undefined;
    await until(`ticket ${ticket.id} is settled`, async () => {
      const reply = await ask(ticket, ticket.token, at);
      last = reply.ticket;
      return reply.status === 200 && reply.ticket.status !== 'waiting';
    });
    return last as TicketReply['ticket'];
  }
  const mode = async () => JSON.parse((await buyer.call({ path: '/readyz' })).text).status as string;
  async function buy(placed: TicketReply['ticket']): Promise<string> {
    const { order, accessToken } = placed;
    assert.ok(order && accessToken);
    const begun = await buyer.beginPayment(order.id, accessToken);
    assert.equal(begun.status, 201, begun.text);
    assert.equal((await buyer.callback(tradeFor(begun.body.payment))).text, 'success');
    const cards = await buyer.cards(order.id, accessToken);
    assert.equal(cards.status, 200, cards.text);
    return cards.body.cards[0]?.secret ?? '';
  }

  test('an order that waited in vain becomes a ticket, later ones at once; all are placed when it is back', async () => {
    const early = await place({ contact: 'early', key: 'early-buyer-key-0001' });
    assert.equal(early.status, 201);
    const trade = tradeFor(early.body.payment);
    await mariadb.kill();
    const waited = ticketOf(await place({ contact: 'waits', key: 'waiting-buyer-key-1' }));
    assert.equal(await mode(), 'degraded');
    const direct = ticketOf(await place({ contact: 'direct', key: 'direct-buyer-key-01' }));
    const again = ticketOf(await place({ contact: 'direct', key: 'direct-buyer-key-01' }));
    assert.deepEqual([again.id, again.token], [direct.id, direct.token], 'the same key, the same ticket');
    const other = await place({ contact: 'direct', key: 'direct-buyer-key-01', quantity: 2 });
    assert.equal(other.problem.code, 'idempotency_key_reused');
    const greedy = ticketOf(await place({ contact: 'greedy', quantity: 900 }));
    assert.equal((await ask(direct)).ticket.status, 'waiting');
    assert.equal((await ask(direct, waited.token)).status, 503, 'the token of another opens nothing');

    // The channel is told no, keeps calling, and is told yes only once the money is on record.
    const kept = await buyer.callback(trade);
    assert.notEqual(kept.text, 'success');
    assert.notEqual((await buyer.callback(trade)).text, 'success');

    await mariadb.restart();
    const [one, two, none] = [await settled(waited), await settled(direct), await settled(greedy)];
    assert.deepEqual([one.status, two.status, none.status], ['placed', 'placed', 'refused']);
    assert.equal(none.problem?.code, 'sold_out');
    assert.equal(two.accessToken, direct.token);
    await until('it is normal again', async () => (await mode()) === 'ok');
    const after = await place({ contact: 'direct', key: 'direct-buyer-key-01' });
    assert.deepEqual([after.status, after.body.order.id, after.body.accessToken], [201, direct.id, direct.token]);
    assert.notEqual(await buy(one), await buy(two));

    // Replayed from the journal, without another call of the channel.
    await until('the payment is settled', async () => {
      const { body } = await buyer.show(early.body.order.id, early.body.accessToken);
      return body.order.status === 'delivered';
    });
    assert.equal((await buyer.callback(trade)).text, 'success');
    await assertSound(shop);
  });

  test('a database that hangs with its connections open is away too, until it answers again', async () => {
    mariadb.pause();
    let ticket: Ticket;
    try {
      ticket = ticketOf(await place({ contact: 'frozen', key: 'frozen-buyer-key-01' }));
      assert.equal(await mode(), 'degraded');
    } finally {
      mariadb.resume();
    }
    assert.equal((await settled(ticket)).status, 'placed');
    await until('it is normal again', async () => (await mode()) === 'ok');
    const again = await place({ contact: 'frozen', key: 'frozen-buyer-key-01' });
    assert.deepEqual(
      [again.status, again.body.order.id],
      [201, ticket.id],
      'one order, whatever became of the first try',
    );
    await assertSound(shop);
  });

  test('a process that is started meanwhile waits, says so, can be stopped, and opens when it is there', async () => {
    const late = await shop.newProcess();
    const answer = (path: string) =>
      fetch(`${late.origin}${path}`).then(
        ({ status }) => status,
        () => undefined,
      );
    await mariadb.kill();
    const refused = assert.rejects(late.start());
    await until('it lives', async () => (await answer('/healthz')) === 200);
    assert.equal(await answer('/readyz'), 503);
    assert.equal((await late.stop()).signal, 'SIGTERM', 'nothing is under way that a stop would wait for');
    await refused;

    const opening = late.start();
    await until('it says so', async () => /waiting for it before the shop opens/.test(late.log()));
    await mariadb.restart();
    await opening;
    await until('it is ready', async () => (await answer('/readyz')) === 200);
    const placed = await buyerAt(late.origin).place({ skuId });
    assert.equal(placed.status, 201, placed.text);
  });
});
