import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardsText } from './cards-text.ts';

test('cards are grouped by line, one a row, number before secret', () => {
  const card = { lineNo: 1, skuId: 1, productName: 'Windows', skuName: 'Pro', number: null, secret: 'AAA' };
  const text = cardsText([
    card,
    { ...card, lineNo: 2, skuName: 'Windows', number: '001', secret: 'BBB' },
    { ...card, secret: 'CCC' },
  ]);
  assert.equal(text, '# Windows · Pro\nAAA\nCCC\n\n# Windows\n001\tBBB');
});
