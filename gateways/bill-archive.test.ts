import assert from 'node:assert/strict';
import test from 'node:test';
import { readZip } from '../server/payment/wire/zip.ts';
import { gbk, zip } from './bill-archive.ts';

test('what is packed here is unpacked by the shop', () => {
  const text = '支付宝交易号,金额（元）\r\n2026,1.00\t\r\n';
  const [first, second] = readZip(
    zip([
      { name: gbk('业务明细.csv'), data: gbk(text) },
      { name: gbk('b'), data: Buffer.alloc(0) },
    ]),
    10_000,
  );
  const decoder = new TextDecoder('gbk');
  assert.equal(decoder.decode(first?.nameBytes), '业务明细.csv');
  assert.equal(decoder.decode(first?.data), text);
  assert.equal(second?.data.length, 0);
});
