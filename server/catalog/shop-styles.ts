/** The shop's own style sheet: its colour, its light or dark beginning, and what the owner adds. */
import { shopColours } from '../../contract/shop-colours.ts';
import type { KeptAppearance } from './appearance.ts';

/** Doubled, to stand above the kit's rules for the same names. */
const root = ':root[data-mantine-color-scheme][data-mantine-color-scheme]';
const light = ':root[data-mantine-color-scheme="light"][data-mantine-color-scheme]';
const dark = ':root[data-mantine-color-scheme="dark"][data-mantine-color-scheme]';

export function shopStyles(
  { colour, scheme, customCss }: Pick<KeptAppearance, 'colour' | 'scheme' | 'customCss'>,
  { withCustom }: { withCustom: boolean },
): string {
  const parts = [`:root { --cw-scheme: ${scheme}; }`];
  if (colour) parts.push(colourStyles(colour));
  if (withCustom && customCss.trim() !== '') parts.push(customCss);
  return `${parts.join('\n')}\n`;
}

function colourStyles(colour: string): string {
  const { light: inLight, dark: inDark, filled, filledHover, shades } = shopColours(colour);
  const palette = shades.map((shade, at) => `--mantine-color-jade-${at}: ${shade};`).join(' ');
  const fill = `--mantine-color-jade-filled: ${filled}; --mantine-color-jade-filled-hover: ${filledHover};`;
  const own = ({ text, soft }: { text: string; soft: string }) => `--cw-jade: ${text}; --cw-jade-soft: ${soft};`;
  return [
    `:root { --cw-brand: ${filled}; --cw-hero-glow: ${filled}; --cw-hero-from: ${shades[9]}; --cw-hero-to: ${filledHover}; }`,
    `${root} { ${palette} ${fill} }`,
    `${light} { ${own(inLight)} }`,
    `${dark} { ${own(inDark)} }`,
  ].join('\n');
}
