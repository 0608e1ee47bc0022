import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checks } from '../../server/reconcile/audit/checks.ts';
import { scans } from '../../server/reconcile/scans/scans.ts';
import { zh } from '../../web/admin/system/locales/zh.ts';

test('the system page has words for every scan and every check of the audit', () => {
  const needed = [...scans.map(({ name }) => `scan.${name}`), ...checks.map(({ id }) => `check.${id}`)];
  assert.deepEqual(
    needed.filter((key) => !Object.hasOwn(zh, key)),
    [],
  );
});
