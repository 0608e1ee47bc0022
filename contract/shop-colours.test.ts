import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contrast, isReadable, readableColour, shopColours } from './shop-colours.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`);

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff').toFixed(2), '21.00');
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
});

test('any colour is made readable, and one that is stays as it is', () => {
  fc.assert(
    fc.property(colour, (one) => {
      assert.ok(isReadable(readableColour(one)), one);
      if (isReadable(one)) assert.equal(readableColour(one), one);
    }),
  );
});

test('whatever readable colour an owner takes, every text that pages make of it reaches 4.5:1', () => {
  fc.assert(
    fc.property(colour.map(readableColour), (one) => {
      const { light, dark, filled, shades } = shopColours(one);
      const pairs = [
        [light.text, '#ffffff'],
        [light.text, '#f0efe8'],
        [light.text, light.soft],
        ['#ffffff', filled],
        [dark.text, '#1c2220'],
        [dark.text, '#131816'],
        [dark.text, dark.soft],
      ] as const;
      for (const [text, surface] of pairs) assert.ok(contrast(text, surface) >= 4.5, `${one}: ${text} on ${surface}`);
      assert.equal(shades.length, 10);
      for (const shade of shades) assert.match(shade, /^#[0-9a-f]{6}$/);
    }),
  );
});
