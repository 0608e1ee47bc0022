import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { sourceFile } from './tidy/source.ts';
import { tidy } from './tidy.ts';

interface Plant {
  rule: string;
  path: string;
  text: string;
  /** The line the finding must name. */
  line?: number;
}

const long = 'export const line = 1;\n'.repeat(251);

/** Every rule, broken once in each way it knows. */
const broken: Plant[] = [
  { rule: 'import-rank', path: 'contract/a.ts', text: "import { x } from '../server/order/order.ts';\n" },
  { rule: 'import-rank', path: 'server/platform/a.ts', text: "\nimport { x } from '../card/stock.ts';\n", line: 2 },
  { rule: 'import-rank', path: 'server/card/sideways.ts', text: "import { x } from '../catalog/price.ts';\n" },
  {
    rule: 'import-rank',
    path: 'server/order/up.ts',
    text: "export { pay } from '../payment/pay.ts';\nexport const a = 1;\n",
  },
  { rule: 'import-rank', path: 'server/order/late.ts', text: "const x = await import('../payment/pay.ts');\n" },
  { rule: 'import-rank', path: 'server/order/thread.ts', text: "new URL('../payment/w.ts', import.meta.url);\n" },
  { rule: 'import-rank', path: 'server/order/a.ts', text: "import type { Config } from '../config.ts';\n" },
  { rule: 'import-rank', path: 'server/http/b.ts', text: "import { openContext } from '../context.ts';\n" },
  { rule: 'import-rank', path: 'server/http/c.ts', text: "import { type Context, open } from '../context.ts';\n" },
  { rule: 'import-rank', path: 'server/unheard-of/a.ts', text: "import { x } from '../../contract/states.ts';\n" },
  { rule: 'import-rank', path: 'web/storefront/a.tsx', text: "import { x } from '../../server/order/order.ts';\n" },
  { rule: 'import-rank', path: 'server/payment/a.ts', text: "import { x } from '../../gateways/alipay.ts';\n" },
  { rule: 'import-rank', path: 'bin/commands/a.ts', text: "import {\n  x,\n} from '../../scripts/check.mjs';\n" },
  { rule: 'import-ending', path: 'server/order/b.ts', text: "import { x } from './order';\n" },
  { rule: 'import-ending', path: 'test/races/a.ts', text: "import { x } from '../kit/mariadb.js';\n" },
  { rule: 'package-home', path: 'server/order/place.ts', text: "import { sql } from 'kysely';\n" },
  { rule: 'package-home', path: 'server/services/a.ts', text: "import type { FastifyInstance } from 'fastify';\n" },
  { rule: 'package-home', path: 'server/risk/a.ts', text: "import { Redis } from 'ioredis';\n" },
  { rule: 'environment', path: 'server/order/c.ts', text: 'const home = process.env.HOME;\n' },
  { rule: 'environment', path: 'bin/commands/b.ts', text: 'const { env } = process;\n' },
  { rule: 'environment', path: 'web/ui/b.tsx', text: "<p>Don't</p>;\nconst key = process.env.KEY;\n", line: 2 },
  { rule: 'clock', path: 'server/order/d.ts', text: 'const at = Date.now();\n' },
  { rule: 'clock', path: 'server/order/e.ts', text: 'const at = new Date();\n' },
  { rule: 'clock', path: 'server/platform/b.ts', text: 'const at = performance.now();\n' },
  { rule: 'clock', path: 'server/http/a.ts', text: 'const at = `at $' + '{process.hrtime.bigint()}`;\n' },
  { rule: 'table-owner', path: 'server/card/order-store.ts', text: "db.updateTable('orders').set({});\n" },
  { rule: 'table-owner', path: 'server/payment/refund-store.ts', text: "db.selectFrom('orders as o');\n" },
  { rule: 'table-owner', path: 'server/order/place-order.ts', text: "tx.insertInto('orders');\n" },
  { rule: 'table-owner', path: 'server/order/line-store.ts', text: "await updateRows(tx, 'card_keys', rows);\n" },
  { rule: 'table-owner', path: 'server/payment/a-store.ts', text: 'sql`UPDATE card_keys SET status = 1`;\n' },
  { rule: 'table-owner', path: 'bin/commands/c.ts', text: "db.exec('DELETE FROM orders');\n" },
  { rule: 'table-owner', path: 'server/reconcile/drift-store.ts', text: "db.deleteFrom('orders');\n" },
  { rule: 'table-owner', path: 'migrations/001-a/sqlite.sql', text: 'CREATE TABLE nobodys (id INT);\n' },
  { rule: 'append-only', path: 'server/platform/audit-store.ts', text: "tx.updateTable('audit_log').set({});\n" },
  { rule: 'append-only', path: 'server/platform/a-store.ts', text: 'sql`DELETE FROM audit_chain WHERE seq = 1`;\n' },
  { rule: 'append-only', path: 'migrations/001-a/mysql.sql', text: 'UPDATE audit_log SET actor = 1;\n' },
  { rule: 'file-name', path: 'server/order/order-utils.ts', text: 'export const a = 1;\n' },
  { rule: 'file-name', path: 'web/ui/helpers.tsx', text: 'export const a = 1;\n' },
  { rule: 'file-name', path: 'server/http/common.ts', text: 'export const a = 1;\n' },
  {
    rule: 'barrel',
    path: 'server/order/index.ts',
    text: "// all of it\nexport * from './order.ts';\nexport { a } from './a.ts';\n",
  },
  { rule: 'default-export', path: 'server/order/f.ts', text: 'export default function place() {}\n' },
  { rule: 'default-export', path: 'contract/b.ts', text: 'const a = 1;\nexport { a as default };\n', line: 2 },
  { rule: 'erasable-syntax', path: 'contract/c.ts', text: 'export const enum Color { Red }\n' },
  { rule: 'erasable-syntax', path: 'server/order/g.ts', text: 'namespace Orders { }\n' },
  {
    rule: 'erasable-syntax',
    path: 'server/order/h.ts',
    text: 'class A {\n  constructor(a: string, readonly b: number) {}\n}\n',
  },
  { rule: 'erasable-syntax', path: 'server/order/i.ts', text: '@sealed\nclass A {}\n' },
  { rule: 'file-size', path: 'server/order/j.ts', text: long },
  { rule: 'unfinished', path: 'server/order/k.ts', text: '// TODO: refunds\n' },
  { rule: 'unfinished', path: 'docs/a.md', text: 'FIXME\n' },
  { rule: 'skipped-test', path: 'server/order/a.test.ts', text: "test.only('a', () => {});\n" },
  { rule: 'skipped-test', path: 'test/races/b.test.ts', text: "test('a', { skip: true }, () => {});\n" },
  { rule: 'machine-path', path: 'deploy/a.yaml', text: 'path: /home/someone/cardwell\n' },
  { rule: 'machine-path', path: 'docs/b.md', text: 'See `/work/main/README.md`.\n' },
  {
    rule: 'lock-address',
    path: 'package-lock.json',
    text: '{\n  "resolved": "https://registry.example/a.tgz"\n}\n',
    line: 2,
  },
  { rule: 'migration', path: 'migrations/002-b/sqlite.sql', text: '' },
  { rule: 'migration', path: 'migrations/002-c/mysql.sql', text: '' },
  { rule: 'migration', path: 'migrations/third/mysql.sql', text: '' },
  { rule: 'executable', path: 'bin/cardwell.ts', text: '#!/usr/bin/env node\n' },
];

/** What looks like a violation and is none. */
const sound: Omit<Plant, 'rule'>[] = [
  {
    path: 'server/order/order.ts',
    text: "import { price } from '../catalog/price.ts';\nimport { x } from './x.ts';\n",
  },
  { path: 'server/order/thread.ts', text: "new URL('./w.ts', import.meta.url);\n" },
  {
    path: 'server/http/routes/a.ts',
    text: "import type { Context } from '../../context.ts';\nimport Fastify from 'fastify';\n",
  },
  {
    path: 'server/services/b.ts',
    text: "import { type Context } from '../context.ts';\nimport { r } from '../http/r.ts';\n",
  },
  { path: 'server/order/a.test.ts', text: "import { pay } from '../payment/pay.ts';\nconst at = Date.now();\n" },
  {
    path: 'server/order/words.ts',
    text: "// Date.now() and process.env\nexport const a = 'Date.now() process.env';\n",
  },
  {
    path: 'server/order/parse.ts',
    text: 'const quote = /[\'"`]/;\nexport const when = new Date(0);\nconst b = a / c / d;\n',
  },
  { path: 'server/order/in-text.ts', text: "const code = `\nimport { x } from '../payment/x.ts';\n`;\n" },
  {
    path: 'server/order/order-store.ts',
    text: "import { sql } from 'kysely';\ndb.selectFrom('orders as o');\nsql`SELECT 1 FROM orders`;\n",
  },
  { path: 'server/reconcile/drift-store.ts', text: "db.selectFrom('orders').innerJoin('card_keys', 'a', 'b');\n" },
  { path: 'server/platform/audit-store.ts', text: "tx.insertInto('audit_log');\n" },
  { path: 'server/order/speak.ts', text: "export const a = 'taken from orders';\n" },
  { path: 'server/config.ts', text: 'export const readConfig = (env = process.env) => env.PORT;\n' },
  { path: 'server/platform/clock.ts', text: 'export const now = () => Date.now();\n' },
  { path: 'server/platform/rows.ts', text: 'class A {\n  constructor(rows: readonly (readonly unknown[])[]) {}\n}\n' },
  { path: 'contract/common.ts', text: 'export const a = 1;\n' },
  { path: 'web/ui/a.tsx', text: "export const A = () => <p>Don't</p>;\nconst at = Date.now();\n" },
  { path: 'web/locales/zh.ts', text: long },
  {
    path: 'gateways/alipay/server.ts',
    text: "import { sign } from '../../server/payment/channels/alipay/wire.ts';\nprocess.env.PORT;\n",
  },
  { path: 'migrations/001-a/sqlite.sql', text: 'CREATE TABLE orders (id INT);\n' },
  { path: 'migrations/001-a/mysql.sql', text: '' },
  { path: 'docs/a.md', text: 'GET /api/work/now and https://example.com/home/page\n' },
];

for (const { rule, path, text, line } of broken) {
  test(`${rule} is found in ${path}`, () => {
    const tree = [{ path, text }, ...sound.filter((file) => file.path !== path)].map((file) =>
      sourceFile(file.path, file.text),
    );
    const found = tidy(tree);
    assert.deepEqual([...new Set(found.map((finding) => `${finding.path} ${finding.rule}`))], [`${path} ${rule}`]);
    assert.equal(found[0]?.line, line ?? found[0]?.line);
  });
}

test('sound files have no finding', () => {
  assert.deepEqual(tidy(sound.map(({ path, text }) => sourceFile(path, text))), []);
});

const root = mkdtempSync(join(tmpdir(), 'cardwell-tidy-'));
after(() => rmSync(root, { recursive: true }));

test('run on a checkout, it prints file:line and exits 1, and leaves ignored files alone', () => {
  execFileSync('git', ['init', '--quiet', root]);
  const run = () => spawnSync(process.execPath, [join(import.meta.dirname, 'tidy.ts'), root], { encoding: 'utf8' });
  plant('.gitignore', 'data/\n');
  plant('data/note.md', 'TODO\n');
  assert.deepEqual([run().status, run().stdout], [0, '']);
  plant('docs/note.md', 'one\nTODO\n');
  const { status, stdout } = run();
  assert.equal(status, 1);
  assert.match(stdout, /^docs\/note\.md:2 unfinished — /);
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
