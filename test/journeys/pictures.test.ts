/** Pictures from the upload to the buyer's page: what is taken, what is refused, who shows them, and when they go. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { removeUnusedPictures } from '../../server/catalog/remove-unused-pictures.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const dayMs = 24 * 3_600_000;
/** Plain paper: what a picture shows is nothing to the shop. */
const picture = (background = '#c33', width = 700, height = 400) =>
  sharp({ create: { width, height, channels: 3, background } });
const script = '<script>alert(document.domain)</script>';

/** The head of a PNG of that size, with nothing in it. */
function hollowPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(10))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

for (const dialect of dialects) {
  suite(`pictures on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    let anyone: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect);
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      anyone = client(shop.address);
    });
    after(() => shop.close());

    const send = async (bytes: Uint8Array | string, type = 'image/png', token = shop.token) => {
      const headers = { 'content-type': type, authorization: `Bearer ${token}` };
      const body = typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
      const reply = await fetch(`${shop.address}/api/admin/v1/pictures`, { method: 'POST', headers, body });
      return { status: reply.status, body: await reply.json() };
    };
    const upload = async (colour: string) => (await send(await picture(colour).png().toBuffer())).body.picture;
    const shown = async (url: string) => {
      const reply = await fetch(shop.address + url);
      return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
    };
    const newProduct = async (fields: object) => {
      const reply = await admin('POST', '/api/admin/v1/products', { name: 'With pictures', ...fields });
      const sku = { name: 'One', priceMinor: 1000, currency: 'CNY', delivery: 'cards' };
      if (reply.status === 201) await admin('POST', `/api/admin/v1/products/${reply.body.product.id}/skus`, sku);
      return reply;
    };

    test('each kind is taken, turned into WebP in several sizes, and says nothing of where it was taken', async () => {
      const place = { IFD0: { Copyright: 'SECRET-PLACE' }, IFD3: { GPSLatitude: '31/1 13/1 0/1' } };
      const files = {
        'image/png': await picture().png().withExif(place).toBuffer(),
        'image/jpeg': await picture('#3c3').jpeg().withExif(place).toBuffer(),
        'image/webp': await picture('#33c').webp().withExif(place).toBuffer(),
        'image/gif': await picture('#cc3').gif().toBuffer(),
        'image/avif': await picture('#3cc').avif({ effort: 0 }).toBuffer(),
      };
      assert.ok(files['image/jpeg'].includes('SECRET-PLACE'));
      for (const [type, bytes] of Object.entries(files)) {
        const { status, body } = await send(bytes, type);
        assert.equal(status, 201, `${type}: ${JSON.stringify(body)}`);
        assert.deepEqual([body.picture.width, body.picture.height], [700, 400]);
        const sizes = [...body.picture.srcset.matchAll(/(\S+) (\d+)w/g)] as [string, string, string][];
        assert.deepEqual(
          sizes.map(([, , width]) => width),
          ['96', '320', '640', '700'],
        );
        for (const [, url, width] of sizes) {
          const { status, headers, bytes } = await shown(url);
          assert.equal(status, 200);
          assert.equal(headers.get('content-type'), 'image/webp');
          assert.equal(headers.get('x-content-type-options'), 'nosniff');
          assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
          assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
          const head = await sharp(bytes).metadata();
          assert.deepEqual([head.format, head.width, head.exif], ['webp', Number(width), undefined]);
          assert.ok(!bytes.includes('SECRET-PLACE'));
        }
      }
    });

    test('a camera held upright gives an upright picture, and a small one is not blown up', async () => {
      const lying = await picture('#246', 400, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
      const upright = (await send(lying, 'image/jpeg')).body.picture;
      assert.deepEqual([upright.width, upright.height], [200, 400]);
      const tiny = (await send(await picture('#135', 40, 30).png().toBuffer())).body.picture;
      assert.match(tiny.srcset, /^\S+-96\.webp 40w$/);
      // Any size may be asked for: a page need not know how large a picture is.
      const large = await shown(tiny.url.replace('-96.webp', '-1280.webp'));
      assert.equal((await sharp(large.bytes).metadata()).width, 40);
    });

    test('the same file sent twice, even at once, is one picture', async () => {
      const bytes = await picture('#777').png().toBuffer();
      const replies = await Promise.all([send(bytes), send(bytes), send(bytes, 'image/jpeg')]);
      assert.deepEqual([...new Set(replies.map(({ status }) => status))], [201]);
      assert.equal(new Set(replies.map(({ body }) => body.picture.id)).size, 1);
    });

    test('what is no picture, or would be too much of one, is refused, and nothing of it is kept', async () => {
      const count = async () => (await shop.context.database.read.selectFrom('pictures').select('id').execute()).length;
      const before = await count();
      const png = await picture('#abc').png().toBuffer();
      // A hundred bytes on the way, 324 MB unpacked.
      const bomb = hollowPng(12_000, 9_000);
      const long = hollowPng(20_000, 4);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`;
      const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj');
      const lying = Buffer.concat([png.subarray(0, 8), Buffer.from(script)]);
      const tiff = await picture('#abc').tiff().toBuffer();
      const refused: [string, Uint8Array | string, string, number, string][] = [
        ['an SVG with a script', svg, 'image/svg+xml', 415, 'unsupported_media_type'],
        ['an SVG that calls itself PNG', svg, 'image/png', 422, 'picture_rejected'],
        ['a page', `<!doctype html>${script}`, 'text/html', 415, 'unsupported_media_type'],
        ['a page that calls itself JPEG', `<!doctype html>${script}`, 'image/jpeg', 422, 'picture_rejected'],
        ['a PDF that calls itself PNG', pdf, 'image/png', 422, 'picture_rejected'],
        ['a TIFF that calls itself WebP', tiff, 'image/webp', 422, 'picture_rejected'],
        ['the head of a PNG before a script', lying, 'image/png', 422, 'picture_rejected'],
        ['a PNG that ends too early', png.subarray(0, png.length - 30), 'image/png', 422, 'picture_rejected'],
        ['nothing', '', 'image/png', 422, 'picture_rejected'],
        ['JSON', '{}', 'application/json', 415, 'unsupported_media_type'],
        ['too many pixels', bomb, 'image/png', 422, 'picture_rejected'],
        ['a side that is too long', long, 'image/png', 422, 'picture_rejected'],
        ['too many bytes', Buffer.alloc(9 * 1024 * 1024), 'image/png', 413, 'body_too_large'],
      ];
      for (const [what, bytes, type, status, code] of refused) {
        const reply = await send(bytes, type);
        assert.deepEqual([reply.status, reply.body.code], [status, code], `${what}: ${JSON.stringify(reply.body)}`);
      }
      assert.equal(await count(), before);
    });

    test('a picture that is a script as well arrives as a picture alone', async () => {
      const gif = await picture('#f0f', 60, 40).gif().toBuffer();
      const polyglot = Buffer.concat([gif, Buffer.from(`\n*/=1;${script}/*`)]);
      const { status, body } = await send(polyglot, 'image/gif');
      assert.equal(status, 201);
      const served = await shown(body.picture.url);
      assert.equal(served.headers.get('content-type'), 'image/webp');
      assert.ok(!served.bytes.includes('alert'));
    });

    test('an address that is not exactly one of a picture leads nowhere', async () => {
      const { url } = await upload('#0ff');
      const id = url.slice(10, 53);
      const wrong = [
        `/pictures/${id}-641.webp`,
        `/pictures/${id}-640.png`,
        `/pictures/${id}.webp`,
        `/pictures/${'A'.repeat(43)}-640.webp`,
        '/pictures/..%2f..%2f..%2fetc%2fpasswd',
        '/pictures/%2e%2e%2fmaster.key',
        `/pictures/${id}-640.webp%00.html`,
        '/pictures/C:%5Cboot.ini',
        "/pictures/' OR 1=1 --",
      ];
      for (const path of wrong) {
        const reply = await shown(path);
        assert.ok([400, 404].includes(reply.status), `${path}: ${reply.status}`);
        assert.notEqual(reply.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      }
    });

    test('a product shows its pictures in their order, in the words of the language, the first of them in lists', async () => {
      const [a, b, c] = [await upload('#111'), await upload('#222'), await upload('#333')];
      const pictures = [{ id: b.id, alt: '正面', altEn: 'Front' }, { id: a.id, alt: '背面' }, { id: c.id }];
      const { body } = await newProduct({ slug: 'with-pictures', pictures });
      const ids = (list: { id: string }[]) => list.map((one) => one.id);
      assert.deepEqual(ids(body.product.pictures), [b.id, a.id, c.id]);
      const zh = (await anyone('GET', '/api/v1/products/with-pictures?lang=zh')).body.product.pictures;
      assert.deepEqual(
        zh.map((one: { alt: string }) => one.alt),
        ['正面', '背面', ''],
      );
      assert.deepEqual([zh[0].url, zh[0].width, zh[0].height], [b.url, 700, 400]);
      const en = (await anyone('GET', '/api/v1/products/with-pictures?lang=en')).body.product.pictures;
      assert.deepEqual(
        en.map((one: { alt: string }) => one.alt),
        ['Front', '背面', ''],
      );
      const list = (await anyone('GET', '/api/v1/products?lang=en')).body.products;
      const listed = list.find((one: { slug: string }) => one.slug === 'with-pictures');
      assert.deepEqual(
        listed.pictures.map((one: { url: string }) => one.url),
        [b.url],
      );
      const path = `/api/admin/v1/products/${body.product.id}`;
      const turned = await admin('PATCH', path, { version: 1, pictures: [{ id: c.id }, { id: b.id, alt: '正面' }] });
      assert.deepEqual(ids(turned.body.product.pictures), [c.id, b.id]);
      const late = await admin('PATCH', path, { version: 1, pictures: [] });
      assert.equal(late.body.code, 'edit_conflict');
      const kept = await admin('PATCH', path, { version: 2, summary: 'words only' });
      assert.deepEqual(ids(kept.body.product.pictures), [c.id, b.id]);
      const log = (await admin('GET', `/api/admin/v1/audit-log?subject=product:${body.product.id}`)).body.entries;
      assert.deepEqual(ids(log[1].before.pictures), [b.id, a.id, c.id]);
      assert.deepEqual(ids(log[1].after.pictures), [c.id, b.id]);
      assert.deepEqual(log[0].after, { summary: 'words only' });
      // Thirteen, one that does not exist, and one with a path for a name.
      const wrong: [object[], number, string][] = [
        [Array.from({ length: 13 }, () => ({ id: a.id })), 400, 'invalid_request'],
        [[{ id: 'A'.repeat(43) }], 404, 'picture_not_found'],
        [[{ id: '../../../../etc/passwd' }], 400, 'invalid_request'],
        [[{ id: a.id, alt: 'x'.repeat(201) }], 400, 'invalid_request'],
      ];
      for (const [list, status, code] of wrong) {
        const reply = await admin('PATCH', path, { version: 3, pictures: list, summary: 'must not stay' });
        assert.deepEqual([reply.status, reply.body.code], [status, code]);
      }
      assert.equal((await admin('GET', path)).body.product.summary, 'words only');
    });

    test('a category shows its icon', async () => {
      const icon = await upload('#fa0');
      const made = (await admin('POST', '/api/admin/v1/categories', { name: 'Iconic', iconId: icon.id })).body.category;
      assert.equal(made.iconId, icon.id);
      await newProduct({ categoryId: made.id });
      const seen = async () =>
        (await anyone('GET', '/api/v1/products')).body.categories.find((one: { id: number }) => one.id === made.id);
      assert.equal((await seen()).iconUrl, `/pictures/${icon.id}-96.webp`);
      const path = `/api/admin/v1/categories/${made.id}`;
      const wrong = await admin('PATCH', path, { version: 1, iconId: 'B'.repeat(43) });
      assert.equal(wrong.body.code, 'picture_not_found');
      assert.equal((await admin('PATCH', path, { version: 1, iconId: null })).body.category.iconId, null);
      assert.equal((await seen()).iconUrl, null);
    });

    test('only who may change goods may send pictures', async () => {
      const png = await picture('#123').png().toBuffer();
      const reader = (await admin('POST', '/api/admin/v1/tokens', { name: 'r', scopes: ['read'] })).body.token;
      assert.equal((await send(png, 'image/png', reader)).status, 403);
      assert.equal((await send(png, 'image/png', 'A'.repeat(43))).status, 401);
    });

    test('what nothing shows goes a day later; what something shows stays, also when it is taken into use just then', async () => {
      const { database, clock } = shop.context;
      const [unused, shownByProduct, icon, typed, dropped] = await Promise.all(
        ['#901', '#902', '#903', '#904', '#905'].map(upload),
      );
      const pictures = [{ id: shownByProduct.id }, { id: dropped.id }];
      const { product } = (await newProduct({ pictures, imageUrl: typed.url })).body;
      await admin('POST', '/api/admin/v1/categories', { name: 'Kept icon', iconId: icon.id });
      const scan = async (daysOn: number) =>
        removeUnusedPictures({
          database,
          clock: { ...clock, now: () => clock.now() + daysOn * dayMs },
          signal: new AbortController().signal,
          confirm: async () => {},
        });
      const there = async (one: { id: string }) =>
        (await database.read.selectFrom('pictures').select('id').where('id', '=', one.id).execute()).length === 1;
      assert.equal(await scan(0.9), 0);
      // Taken out of use today, so its day begins today.
      const path = `/api/admin/v1/products/${product.id}`;
      await database.transact('test', (tx) => tx.updateTable('pictures').set({ used_at: 1 }).execute());
      await admin('PATCH', path, { version: 1, pictures: [{ id: shownByProduct.id }] });
      assert.ok((await scan(0)) >= 1);
      const now = await Promise.all([unused, shownByProduct, icon, typed, dropped].map(there));
      assert.deepEqual(now, [false, true, true, true, true]);
      await scan(1.1);
      assert.equal(await there(dropped), false);
      const files = await database.read.selectFrom('picture_files').select('picture_id').distinct().execute();
      const ids = await database.read.selectFrom('pictures').select('id').execute();
      assert.equal(files.length, ids.length);
    });
  });
}
