/** Money at the desk, on both databases: payments found and asked about, refunds, revenue after fees, bills as a file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf as billDate } from '../../gateways/books.ts';
import { gateways } from '../../gateways/registry.ts';
import { serveGateway } from '../../gateways/serve-gateway.ts';
import { createToken } from '../../server/account/create-token.ts';
import { finishRefund } from '../../server/payment/finish-refund.ts';
import { readRefund } from '../../server/payment/refund-store.ts';
import { feeByRate } from '../../server/reconcile/money/net-money.ts';
import { searchPayments } from '../../server/reconcile/money/payment-list-store.ts';
import { newLiveShop } from '../kit/live-shop.ts';
import { dialects } from '../kit/shop-database.ts';
import { client } from '../kit/shop-server.ts';
import { beginPurchase } from './channels/purchase.ts';

const base = '/api/admin/v1';
const priceMinor = 1999;
const basisPoints = 100;

for (const dialect of dialects)
  test(`what came, what is asked, what goes back, and what is left after fees, on ${dialect}`, async () => {
    const live = await newLiveShop(dialect);
    const definition = gateways.find(({ kind, has }) => kind === 'unionpay' && has.bill) ?? assert.fail();
    const gateway = await serveGateway(definition, { speedUp: 100_000 });
    try {
      const { token } = await createToken(live.context, { name: 'test', actor: 'test' });
      const admin = client(live.origin, { authorization: `Bearer ${token}` });
      const get = async (path: string) => {
        const reply = await admin('GET', `${base}${path}`);
        assert.equal(reply.status, 200, `${path} ${JSON.stringify(reply.body)}`);
        return reply.body;
      };
      const code = await live.connect(gateway, 'up', { feeBasisPoints: basisPoints } as object);
      const from = Date.now() - 60_000;
      const paid = await beginPurchase(live, code);
      await gateway.pay(paid.payment.outTradeNo);
      await gateway.settled();
      const unheard = await beginPurchase(live, code);
      gateway.mischief.next('lost');
      await gateway.pay(unheard.payment.outTradeNo);
      const open = await beginPurchase(live, 'sandbox');

      // found by what an owner knows of them
      const found = async (query: string) =>
        (await get(`/payments?${query}`)).payments.map(({ id }: { id: string }) => id);
      const all = [open, unheard, paid].map(({ payment }) => payment.outTradeNo);
      assert.deepEqual(await found(''), all);
      assert.deepEqual(await found('channel=up&status=pending'), [all[1]]);
      assert.deepEqual(await found(`from=${from}&to=${Date.now() + 60_000}&channel=sandbox`), [all[0]]);
      assert.deepEqual(await found(`to=${from}`), []);
      assert.deepEqual(await found(`minMinor=${priceMinor}&maxMinor=${priceMinor}&status=succeeded`), [all[2]]);
      assert.deepEqual(await found(`minMinor=${priceMinor + 1}`), []);
      assert.deepEqual(await found(`q=${paid.orderId}`), [all[2]]);
      const [{ tradeNo }] = (await get('/payments?status=succeeded')).payments;
      assert.deepEqual(await found(`q=${tradeNo}`), [all[2]]);
      assert.deepEqual(await found(`q=${encodeURIComponent('没有')}`), []);
      const first = await get('/payments?limit=1');
      assert.deepEqual([first.payments.length, first.next], [1, all[0]]);
      assert.deepEqual(await found(`limit=2&before=${first.next}`), [all[1], all[2]]);
      // A page that has looked through its rows says how far, and the next goes on from there.
      const db = live.context.database.read;
      const look = await searchPayments(db, { status: 'succeeded', limit: 10 }, 1);
      assert.deepEqual([look.payments.length, look.next, typeof look.searchedTo?.at], [0, all[1], 'number']);
      const on = await searchPayments(db, { status: 'succeeded', limit: 10, before: all[1] as string }, 1);
      assert.deepEqual(
        on.payments.map(({ id }) => id),
        [all[2]],
      );
      assert.equal(on.next, null);

      // asked about now: the money that nobody told us of is taken in, and the question is on record
      const asked = await admin('POST', `${base}/payments/${all[1]}/query`);
      assert.deepEqual([asked.body.outcome, asked.body.payment.status], ['paid', 'succeeded'], JSON.stringify(asked));
      const again = await admin('POST', `${base}/payments/${all[1]}/query`);
      assert.equal(again.body.outcome, 'paid');
      const idle = await admin('POST', `${base}/payments/${all[0]}/query`);
      assert.ok(['unpaid', 'not-found'].includes(idle.body.outcome), JSON.stringify(idle.body));
      const log = await get(`/audit-log?subject=payment:${all[1]}`);
      assert.deepEqual(
        log.entries.map(({ after }: { after: object }) => after),
        [{ outcome: 'paid' }, { outcome: 'paid' }],
      );
      assert.equal(
        (await admin('POST', `${base}/payments/${'A0'.padEnd(28, '0')}01/query`)).body.code,
        'payment_not_found',
      );

      // one payment with its proof and its fee
      const fee = feeByRate(priceMinor, basisPoints);
      const detail = await get(`/payments/${all[1]}`);
      assert.deepEqual(detail.fee, { minor: fee, from: 'rate', basisPoints, netMinor: priceMinor - fee });
      assert.equal(detail.evidence[0].source, 'query');
      assert.ok(detail.events.some(({ detail: what }: { detail: string }) => what === 'payment.query'));
      const { messages } = await get(`/payments/${all[2]}/messages`);
      assert.deepEqual([messages[0].kind, messages[0].raw.includes(tradeNo)], ['proof', true]);

      // the bill: its sums, its fee instead of the rate's, its file
      const date = billDate(Date.now(), live.context.channels.get(code)?.bill?.dayOffsetMinutes ?? 0);
      const { report } = (await admin('POST', `${base}/reconciliations/${code}/${date}`)).body;
      assert.deepEqual(
        [report.ok, report.totals[0].payments, report.totals[0].paymentsMinor],
        [true, 2, 2 * priceMinor],
      );
      assert.equal((await admin('POST', `${base}/reconciliations/${code}/2026-02-31`)).status, 400);
      const listed = await get('/reconciliations?from=2001-01-01&to=2001-01-02');
      assert.deepEqual([listed.reports, listed.channels.map((one: { code: string }) => one.code)], [[], [code]]);
      const file = await admin('GET', `${base}/reconciliations/${code}/${date}/bill.csv?lang=en`);
      assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename="bill-up-[\d-]+\.csv"$/);
      assert.equal(file.body.trim().split('\r\n').length, 3);
      assert.ok(file.body.includes(tradeNo));
      const { channels } = await get(`/revenue?from=${from}&to=${Date.now() + 60_000}`);
      const billed = report.totals[0].feesMinor;
      const [line] = channels;
      assert.deepEqual(
        [line.code, line.payments, line.receivedMinor, line.refundedMinor],
        [code, 2, 2 * priceMinor, 0],
      );
      if (billed > 0) assert.equal((await get(`/payments/${all[1]}`)).fee.from, 'bill');
      assert.equal(line.feeMinor, line.billedFeeMinor + (billed > 0 ? 0 : feeByRate(2 * priceMinor, basisPoints)));
      assert.equal(line.netMinor, 2 * priceMinor - line.feeMinor);

      // a refund on its way is asked about now; one that was refused comes with its case
      const begun = await admin('POST', `${base}/orders/${paid.orderId}/refunds`, { reason: 'asked for' });
      const { refundNo } = begun.body.refunds[0];
      await live.context.database.transact('test.later', (tx) =>
        tx.updateTable('outbox').set({ next_at: 9_000_000_000_000 }).where('topic', '=', 'refund').execute(),
      );
      assert.equal((await get('/refunds')).refunds[0].nextTryAt, 9_000_000_000_000);
      const hurried = await admin('POST', `${base}/refunds/${refundNo}/ask`);
      assert.ok(hurried.body.refund.nextTryAt <= Date.now(), JSON.stringify(hurried.body));
      const refund = (await readRefund(db, refundNo)) ?? assert.fail();
      await live.context.database.transact('test.refuse', (tx) =>
        finishRefund(tx, Date.now(), refund, { kind: 'rejected', reason: 'too old' }),
      );
      const [refused] = (await get('/refunds?status=rejected&channel=up')).refunds;
      assert.deepEqual(
        [refused.refundNo, refused.lastError, refused.case.kind],
        [refundNo, 'too old', 'refund_rejected'],
      );
      assert.equal((await admin('POST', `${base}/refunds/${refundNo}/ask`)).body.code, 'refund_finished');
      assert.equal((await admin('POST', `${base}/refunds/NOBODY/ask`)).body.code, 'refund_not_found');
      const resolved = await admin('POST', `${base}/review-cases/${refused.case.id}/resolve`, {
        action: 'refund',
        reason: 'try again',
      });
      assert.equal(resolved.status, 200, JSON.stringify(resolved.body));
      const [onItsWay] = (await get(`/refunds?q=${refundNo}`)).refunds;
      assert.deepEqual([onItsWay.status, onItsWay.case.status], ['requested', 'resolved']);
      assert.ok(onItsWay.nextTryAt !== null);
      const next = `${refused.createdAt}.${refundNo}`;
      assert.deepEqual((await get(`/refunds?before=${next}`)).refunds, []);
    } finally {
      await gateway.close();
      await live.close();
    }
  });
