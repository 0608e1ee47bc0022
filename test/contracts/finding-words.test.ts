/** Whatever the doctor can find, the desk says in both languages, with the values that come with it and no others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingCodes, findingKinds } from '../../contract/findings.ts';
import { finding } from '../../server/reconcile/doctor/diagnosis.ts';
import { en } from '../../web/admin/system/findings/en.ts';
import { zh } from '../../web/admin/system/findings/zh.ts';

const namesIn = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
const sorted = (texts: Iterable<string>) => [...texts].sort();

test('every finding and every area has words in both languages, and there are none for what nobody finds', () => {
  const areas = new Set(Object.values(findingKinds).map(({ area }) => `area.${area}`));
  assert.deepEqual(sorted(Object.keys(zh)), sorted([...areas, ...findingCodes]));
  assert.deepEqual(sorted(Object.keys(en)), sorted(Object.keys(zh)));
});

test('words use what the finding brings; what is graver than fine is told in sentences', () => {
  for (const code of findingCodes) {
    const { says, level } = findingKinds[code];
    for (const text of [zh[code], en[code]]) {
      const unknown = namesIn(text).difference(namesIn(says));
      assert.deepEqual([...unknown], [], `${code}: ${text}`);
      if (level !== 'ok') assert.match(text, /[。.]|[:：] ?(chmod|cardwell|\{addresses\})/, code);
    }
    if (/[a-z]{4}/.test(says.replace(/\{\w+\}|[\w-]+_\w+/g, ''))) assert.match(zh[code], /[\u4e00-\u9fff]/, code);
  }
});

test('the English sentence of a finding is whole, and a host is named with it', () => {
  for (const code of findingCodes) {
    const names = [...namesIn(findingKinds[code].says), 'host'];
    const found = finding(code, Object.fromEntries(names.map((name) => [name, 'x'])) as never);
    assert.doesNotMatch(found.says, /[{}]|undefined/, code);
  }
  assert.deepEqual(finding('host.rights', { host: 'db:3306' }).name, 'host db:3306');
});
