/** The shop's own look, its legal texts and its first steps, over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import sharp from 'sharp';
import { loadSampleCatalogue } from '../../server/catalog/load-sample-catalogue.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const plain = {
  version: 0,
  name: { zh: '蓝灯小铺', en: 'Blue Lantern' },
  slogan: { zh: '夜里也发货', en: '' },
  colour: '#1f3f66',
  scheme: 'dark',
  announcement: { zh: '春节照常', en: 'Open all week', level: 'warning', startsAt: null, endsAt: null },
  footer: { zh: '第一行\n第二行', en: '' },
  links: [{ zh: '博客', en: 'Blog', url: 'https://blog.example.com/' }],
  filing: { text: '沪ICP备2026000000号-1', url: 'https://beian.miit.gov.cn/' },
  support: { zh: 'QQ 12345', en: '', url: 'mailto:help@example.com' },
  customCss: '.brand { letter-spacing: 1px }',
  logoId: null as string | null,
  faviconId: null as string | null,
};
const path = '/api/admin/v1/appearance';

for (const dialect of dialects) {
  suite(`appearance on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    let anyone: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect);
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      anyone = client(shop.address);
    });
    after(() => shop.close());
    const version = async () => (await admin('GET', path)).body.version;
    const look = async () => (await anyone('GET', '/api/v1/shop')).body;

    test('a new shop has a plain look, and its style sheet says no more', async () => {
      const body = (await admin('GET', path)).body;
      assert.deepEqual([body.version, body.name.zh, body.colour, body.logo], [0, 'Cardwell', null, null]);
      const css = await anyone('GET', '/shop.css');
      assert.deepEqual([css.status, css.body], [200, ':root { --cw-scheme: auto; }\n']);
      assert.match(css.headers.get('content-type') ?? '', /^text\/css/);
      const icon = await anyone('GET', '/shop-icon');
      assert.deepEqual([icon.status, icon.headers.get('location')], [302, '/favicon.svg']);
    });

    test('what the owner chooses shows at once, and the log tells who chose it', async () => {
      const png = await sharp({ create: { width: 64, height: 32, channels: 3, background: '#1f3f66' } })
        .png()
        .toBuffer();
      const sent = await fetch(`${shop.address}/api/admin/v1/pictures`, {
        method: 'POST',
        headers: { 'content-type': 'image/png', authorization: `Bearer ${shop.token}` },
        body: new Uint8Array(png),
      });
      const { picture } = (await sent.json()) as { picture: { id: string } };
      const changed = await admin('PUT', path, { ...plain, logoId: picture.id, faviconId: picture.id });
      assert.equal(changed.status, 200, JSON.stringify(changed.body));
      assert.deepEqual([changed.body.version, changed.body.logo.id], [1, picture.id]);
      const shown = await look();
      assert.deepEqual([shown.name, shown.announcement], ['蓝灯小铺', '春节照常']);
      assert.deepEqual(shown.look.logo, { url: `/pictures/${picture.id}-320.webp`, width: 64, height: 32 });
      assert.deepEqual(
        [shown.look.nameEn, shown.look.announcementEn, shown.look.announcementLevel, shown.look.links],
        ['Blue Lantern', 'Open all week', 'warning', plain.links],
      );
      const css = (await anyone('GET', '/shop.css')).body;
      assert.match(css, /--cw-scheme: dark/);
      assert.match(css, /--cw-jade: #1f3f66/);
      assert.match(css, /letter-spacing: 1px/);
      const icon = await anyone('GET', '/shop-icon');
      assert.equal(icon.headers.get('location'), `/pictures/${picture.id}-96.webp`);
      const entry = (await admin('GET', '/api/admin/v1/audit-log?action=appearance.update')).body.entries[0];
      assert.deepEqual([entry.before.name.zh, entry.after.name.zh], ['Cardwell', '蓝灯小铺']);
    });

    test('the style sheet is asked for again only when it has changed; in safe mode it holds nothing of the owner', async () => {
      const css = await anyone('GET', '/shop.css');
      const etag = css.headers.get('etag') ?? '';
      assert.equal((await anyone('GET', '/shop.css', undefined, { 'if-none-match': etag })).status, 304);
      const entering = await anyone('GET', '/safe-mode');
      const cookie = (entering.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      assert.deepEqual([entering.status, entering.headers.get('location')], [302, '/']);
      const safe = (await anyone('GET', '/shop.css', undefined, { cookie })).body;
      assert.doesNotMatch(safe, /letter-spacing/);
      assert.match(safe, /--cw-jade: #1f3f66/);
      assert.match((await anyone('GET', '/safe-mode/off')).headers.get('set-cookie') ?? '', /Max-Age=0/);
    });

    test('of two who change it one is told, also when the other used the older settings', async () => {
      const now = await version();
      const [first, second] = await Promise.all([
        admin('PUT', path, { ...plain, version: now }),
        admin('PUT', path, { ...plain, version: now, slogan: { zh: '别的', en: '' } }),
      ]);
      assert.deepEqual([first.status, second.status].sort(), [200, 409]);
      const later = await version();
      await admin('PATCH', '/api/admin/v1/settings', { name: '改名了' });
      const stale = await admin('PUT', path, { ...plain, version: later });
      assert.equal(stale.body.code, 'edit_conflict');
      assert.equal((await look()).name, '改名了');
    });

    test('an announcement shows within its window and not outside it', async () => {
      const now = shop.context.clock.now();
      const announce = async (startsAt: number | null, endsAt: number | null) => {
        const announcement = { ...plain.announcement, startsAt, endsAt };
        assert.equal((await admin('PUT', path, { ...plain, version: await version(), announcement })).status, 200);
        const shown = await look();
        return [shown.announcement, shown.look.announcementEn];
      };
      assert.deepEqual(await announce(now + 60_000, null), ['', '']);
      assert.deepEqual(await announce(null, now - 1), ['', '']);
      assert.deepEqual(await announce(now - 60_000, now + 60_000), ['春节照常', 'Open all week']);
    });

    test('what would make the shop unreadable, unsafe or wrong is refused, and says where', async () => {
      const refused: [object, string | undefined][] = [
        [{ colour: '#ffee88' }, 'body/colour'],
        [{ colour: 'red' }, undefined],
        [{ colour: '#FFF' }, undefined],
        [{ customCss: '@import url(https://evil.example)' }, 'body/customCss'],
        [{ customCss: '</style><script>alert(1)</script>' }, 'body/customCss'],
        [{ customCss: 'a'.repeat(50_001) }, undefined],
        [{ links: [{ zh: 'x', en: '', url: 'javascript:alert(1)' }] }, undefined],
        [{ links: [{ zh: 'x', en: '', url: '//evil.example' }] }, undefined],
        [{ links: [{ zh: ' ', en: '', url: 'https://a.example' }] }, 'body/links/0/zh'],
        [{ links: Array.from({ length: 13 }, () => plain.links[0]) }, undefined],
        [{ support: { zh: 'x', en: '', url: 'data:text/html,x' } }, undefined],
        [{ name: { zh: '  ', en: '' } }, undefined],
        [{ announcement: { ...plain.announcement, startsAt: 2, endsAt: 1 } }, 'body/announcement/endsAt'],
        [{ extra: 1 }, undefined],
      ];
      const now = await version();
      for (const [fields, where] of refused) {
        const reply = await admin('PUT', path, { ...plain, version: now, ...fields });
        assert.deepEqual(
          [reply.status, reply.body.code],
          [400, 'invalid_request'],
          JSON.stringify(fields).slice(0, 80),
        );
        if (where) assert.equal(reply.body.errors[0].path, where);
      }
      const lost = await admin('PUT', path, { ...plain, version: now, logoId: 'A'.repeat(43) });
      assert.equal(lost.body.code, 'picture_not_found');
      assert.equal(await version(), now);
    });

    test('legal texts: written, shown in the reader’s language, told apart by version, and gone when empty', async () => {
      const texts = (await admin('GET', '/api/admin/v1/legal-texts')).body.texts;
      assert.deepEqual(
        texts.map((one: { kind: string; version: number }) => [one.kind, one.version]),
        [
          ['terms', 0],
          ['privacy', 0],
          ['refunds', 0],
        ],
      );
      assert.equal((await anyone('GET', '/api/v1/legal/terms')).status, 404);
      assert.deepEqual((await look()).look.legal, []);
      const terms = '/api/admin/v1/legal-texts/terms';
      const saved = await admin('PUT', terms, { version: 0, zh: '# 条款\n<script>alert(1)</script>', en: '' });
      assert.equal(saved.body.version, 1);
      assert.equal((await admin('PUT', terms, { version: 0, zh: 'x', en: '' })).body.code, 'edit_conflict');
      const shown = (await anyone('GET', '/api/v1/legal/terms?lang=en')).body;
      assert.deepEqual([shown.kind, shown.text], ['terms', '# 条款\n<script>alert(1)</script>']);
      assert.deepEqual((await look()).look.legal, ['terms']);
      assert.equal((await anyone('GET', '/api/v1/legal/imprint')).status, 400);
      await admin('PUT', terms, { version: 1, zh: ' ', en: '' });
      assert.equal((await anyone('GET', '/api/v1/legal/terms')).status, 404);
    });

    test('the first steps are read from the shop itself, may be left out, and put away', async () => {
      const run = async () => (await admin('GET', '/api/admin/v1/first-run')).body;
      const states = async () =>
        Object.fromEntries((await run()).steps.map((one: { step: string; state: string }) => [one.step, one.state]));
      const { context } = shop;
      await loadSampleCatalogue({ ...context, importCards: async () => {}, setLoopSecret: async () => {} });
      const open = { account: 'done', look: 'done', product: 'open', cards: 'open', channel: 'open' };
      assert.deepEqual(await states(), { ...open, purchase: 'open', samples: 'open' });
      const skipped = await admin('PATCH', '/api/admin/v1/first-run', { skipped: ['channel'] });
      assert.deepEqual(
        skipped.body.steps.find((one: { step: string }) => one.step === 'channel'),
        { step: 'channel', state: 'skipped' },
      );
      const { product } = (await admin('POST', '/api/admin/v1/products', { name: 'First' })).body;
      assert.equal((await states()).product, 'open', 'a product without a variant cannot be sold');
      const sku = { name: 'One', priceMinor: 100, currency: 'CNY', delivery: 'cards' };
      const { id } = (await admin('POST', `/api/admin/v1/products/${product.id}/skus`, sku)).body.sku;
      assert.deepEqual((await run()).product, {
        id: product.id,
        slug: product.slug,
        name: 'First',
        skuId: id,
        needsCards: true,
      });
      await fetch(`${shop.address}/api/admin/v1/cards/import?skuId=${id}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', authorization: `Bearer ${shop.token}` },
        body: 'A-1----SECRET-1\n',
      });
      await admin('DELETE', '/api/admin/v1/sample-data');
      const now = await states();
      assert.deepEqual([now.product, now.cards, now.samples, now.purchase], ['done', 'done', 'done', 'open']);
      const bad = await admin('PATCH', '/api/admin/v1/first-run', { skipped: ['nonsense'] });
      assert.equal(bad.status, 400);
      const away = (await admin('PATCH', '/api/admin/v1/first-run', { dismissed: true })).body;
      assert.deepEqual([away.dismissed, away.steps], [true, []]);
    });
  });
}
