/** What the log says was done, the desk says in both languages. That no other code is written, the compiler sees to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditActions } from '../../contract/audit-actions.ts';
import { en } from '../../web/admin/audit/actions/en.ts';
import { zh } from '../../web/admin/audit/actions/zh.ts';

test('every action of the audit log has words in both languages, and no two read the same', () => {
  for (const words of [zh, en]) {
    assert.deepEqual(Object.keys(words).sort(), [...auditActions].sort());
    assert.equal(new Set(Object.values(words)).size, auditActions.length);
  }
  for (const action of auditActions) assert.match(zh[action], /[\u4e00-\u9fff]/, action);
});
