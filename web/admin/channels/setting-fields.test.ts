import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChannelKind } from './channels-api.ts';
import { missingSettings, settingFields, settingsBody, settingValues } from './setting-fields.ts';

const both = (text: string) => ({ zh: text, en: text });
const kind: ChannelKind = {
  kind: 'example',
  names: both('Example'),
  help: both(''),
  settings: {
    type: 'object',
    required: ['appId', 'key', 'mode', 'tries'],
    properties: {
      appId: { type: 'string', label: both('App') },
      key: { type: 'string', secret: true, label: both('Key') },
      mode: { type: 'string', enum: ['a', 'b'], default: 'a', label: both('Mode') },
      tries: { type: 'integer', default: 3, label: both('Tries') },
      test: { type: 'boolean', label: both('Test') },
      note: { type: 'string', multiline: true, label: both('Note') },
    },
  },
};

test('a new channel begins with the defaults and lacks what is required', () => {
  const fields = settingFields(kind);
  assert.deepEqual(
    fields.map((field) => [field.name, field.type, field.isRequired]),
    [
      ['appId', 'text', true],
      ['key', 'text', true],
      ['mode', 'choice', false],
      ['tries', 'integer', false],
      ['test', 'flag', false],
      ['note', 'long', false],
    ],
  );
  const values = settingValues(fields, undefined);
  assert.deepEqual(values, { appId: '', key: '', mode: 'a', tries: '3', test: false, note: '' });
  assert.deepEqual([...missingSettings(fields, values, [])], ['appId', 'key']);
  assert.deepEqual(settingsBody(fields, { ...values, appId: '1', key: 's' }, true), {
    appId: '1',
    key: 's',
    mode: 'a',
    tries: 3,
    test: false,
  });
});

test('a stored secret left empty stays; another field left empty is emptied', () => {
  const fields = settingFields(kind);
  const values = settingValues(fields, { appId: '1', mode: 'b', tries: 5, note: 'x' });
  assert.deepEqual(values, { appId: '1', key: '', mode: 'b', tries: '5', test: false, note: 'x' });
  assert.deepEqual([...missingSettings(fields, values, ['key'])], []);
  assert.deepEqual(settingsBody(fields, { ...values, note: '' }, false), {
    appId: '1',
    mode: 'b',
    tries: 5,
    test: false,
    note: null,
  });
});
