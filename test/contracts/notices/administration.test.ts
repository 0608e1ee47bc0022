/** Notice targets over the administration API: secrets go in and never come out, addresses are judged, failures have buttons. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { noticeEventNames } from '../../../contract/notices.ts';
import { noticeTexts } from '../../../server/delivery/notices/notice-texts.ts';
import { recordEvents } from '../../../server/platform/event-store.ts';
import { type NoticeServices, serviceKinds, startNoticeServices } from '../../kit/notice-services.ts';
import { client, type ShopServer, startShop } from '../../kit/shop-server.ts';
import { until } from '../../kit/until.ts';

const base = '/api/admin/v1/notices';
const secrets = ['SEC-of-the-robot', 'wecom-key', 'ding-token', 'test-token', 'bark-device-key'];

suite('notice targets in the administration', () => {
  let shop: ShopServer;
  let services: NoticeServices;
  let call: ReturnType<typeof client>;

  before(async () => {
    services = await startNoticeServices();
    shop = await startShop('sqlite', { CARDWELL_SAMPLE_DATA: 'off', CARDWELL_INSIDE_TARGETS: '127.0.0.1' });
    call = client(shop.address, { authorization: `Bearer ${shop.token}` });
  });
  after(async () => {
    await shop.close();
    await services.close();
  });

  const create = (kind: string, more: Record<string, unknown> = {}) =>
    call('POST', `${base}/targets`, { kind, name: `ops ${kind}`, settings: services.settingsOf(kind), ...more });

  test('every event has words in both languages', () => {
    for (const lang of ['zh', 'en'] as const)
      assert.deepEqual(Object.keys(noticeTexts[lang]).sort(), [...noticeEventNames].sort());
  });

  test('every kind is set up, shown without its secrets, and tried with the service answering', async () => {
    for (const kind of serviceKinds) {
      const made = await create(kind);
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const tested = await call('POST', `${base}/targets/${made.body.target.id}/test`);
      assert.deepEqual([tested.status, tested.body.ok], [200, true], `${kind} ${JSON.stringify(tested.body)}`);
      assert.ok(made.body.target.secretsSet.length > 0, kind);
    }
    const all = JSON.stringify([
      (await call('GET', `${base}/targets`)).body,
      (await call('GET', `${base}/kinds`)).body,
      (await call('GET', '/api/admin/v1/audit-log')).body,
    ]);
    for (const secret of secrets) assert.ok(!all.includes(secret), secret);
    services.mood = 'says-no';
    const { targets } = (await call('GET', `${base}/targets`)).body;
    const no = await call('POST', `${base}/targets/${targets[0].id}/test`);
    assert.deepEqual([no.status, no.body.ok], [200, false]);
    assert.match(no.body.answer, /HTTP/);
    services.mood = 'well';
  });

  test('what is of no use is refused with the field that is wrong', async () => {
    const wrong: [string, Record<string, unknown>, string][] = [
      ['webhook', { address: 'https://10.0.0.1/x', secret: 'x'.repeat(20) }, 'address'],
      ['webhook', { address: 'https://169.254.169.254/', secret: 'x'.repeat(20) }, 'address'],
      ['webhook', { address: 'https://example.com/', secret: 'short' }, 'secret'],
      ['wecom', { address: 'ftp://example.com/' }, 'address'],
      ['telegram', { token: 'no token', chatId: '1' }, 'token'],
      ['mail', { to: 'nobody' }, 'to'],
      ['pigeon', {}, 'kind'],
    ];
    for (const [kind, settings, field] of wrong) {
      const reply = await call('POST', `${base}/targets`, { kind, name: 'x', settings });
      assert.deepEqual([reply.status, reply.body.code], [400, 'invalid_request'], JSON.stringify(reply.body));
      assert.equal(reply.body.errors[0].path, `/settings/${field}`);
    }
    for (const more of [{ events: ['no.such'] }, { quietFrom: 1440 }, { lang: 'fr' }, { name: '  ' }])
      assert.equal((await create('webhook', more)).status, 400, JSON.stringify(more));
    assert.equal((await call('POST', `${base}/targets/999999/test`)).body.code, 'notice_target_not_found');
  });

  test('a change keeps the secrets, and one of two changes is told', async () => {
    const { target } = (await create('dingtalk')).body;
    const change = (body: Record<string, unknown>) => call('PATCH', `${base}/targets/${target.id}`, body);
    const changed = await change({
      version: 1,
      name: 'renamed',
      settings: { keyword: '告警' },
      quietFrom: 0,
      quietTo: 60,
    });
    assert.deepEqual([changed.status, changed.body.target.settings.keyword], [200, '告警']);
    assert.deepEqual(changed.body.target.secretsSet.sort(), ['address', 'secret']);
    assert.equal((await change({ version: 1, name: 'late' })).body.code, 'edit_conflict');
    assert.equal((await call('POST', `${base}/targets/${target.id}/test`)).body.ok, true);
    assert.equal((await call('DELETE', `${base}/targets/${target.id}?version=1`)).body.code, 'edit_conflict');
    assert.equal((await call('DELETE', `${base}/targets/${target.id}?version=2`)).status, 204);
  });

  test('the worker sends by itself, a failure is in the log, and a retry sends it', async () => {
    const { database, clock } = shop.context;
    for (const target of (await call('GET', `${base}/targets`)).body.targets)
      await call('DELETE', `${base}/targets/${target.id}?version=${target.version}`);
    const { target } = (await create('feishu', { events: ['backup.failed'], lang: 'en' })).body;
    services.mood = 'says-no';
    services.received.length = 0;
    const detail = { what: 'nightly', reason: 'disk full' };
    await database.transact('test', (tx) =>
      recordEvents(tx, [{ event: 'backup.failed', about: 'b1', detail }], clock.now()),
    );
    const list = async () => (await call('GET', `${base}/deliveries?target=${target.id}`)).body.deliveries;
    await until('the first try has failed', async () => (await list())[0]?.attempts > 0);
    const [failed] = await list();
    assert.match(failed.lastError, /Key Words Not Found/);
    assert.deepEqual([failed.title, failed.targetName], ['[P1] Backup failed', 'ops feishu']);
    assert.equal((await call('GET', `${base}/deliveries?status=pending`)).body.deliveries.length, 1);
    services.mood = 'well';
    await until('it has been sent', async () => {
      await call('POST', `${base}/deliveries/retry`, { ids: [failed.id] });
      return (await list())[0].status === 'done';
    });
    assert.ok(services.received[0]?.text.includes('disk full'));
    assert.equal((await call('POST', `${base}/deliveries/retry`, {})).body.retried, 0);
  });
});
