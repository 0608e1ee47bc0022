/**
 * An owner's colour -> all the colours that pages make of it. The rules are WCAG's: text of that colour must reach 4.5:1 on
 * the darkest light surface, and white text on it as well, so that no choice can make a shop unreadable.
 */

type Rgb = readonly [number, number, number];

/** The darkest surface that text of the colour stands on, in the light; the lightest, in the dark. */
const lightSurface = '#f0efe8';
const darkSurface = '#1c2220';
const enough = 4.5;
/** In the dark the colour is lifted further, to be as calm to read as the shop's own. */
const enoughInDark = 7;

function rgbOf(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` of the second colour, 0 to 1. */
function mixed(one: string, other: string, share: number): string {
  const [a, b] = [rgbOf(one), rgbOf(other)];
  return hexOf([0, 1, 2].map((at) => (a[at] ?? 0) * (1 - share) + (b[at] ?? 0) * share) as unknown as Rgb);
}

function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** `#rrggbb`, dark enough to be read as text and to carry white text. */
export function isReadable(hex: string): boolean {
  return contrast(hex, lightSurface) >= enough;
}

const steps = Array.from({ length: 51 }, (_, at) => at / 50);

/** The same colour, only as much darker as it must be. */
export function readableColour(hex: string): string {
  const share = steps.find((step) => isReadable(mixed(hex, '#000000', step))) ?? 1;
  return mixed(hex, '#000000', share);
}

export interface ShopColours {
  light: { text: string; soft: string };
  dark: { text: string; soft: string };
  filled: string;
  filledHover: string;
  /** Ten shades, from nearly white to nearly black. */
  shades: readonly string[];
}

export function shopColours(hex: string): ShopColours {
  const light = steps.toReversed().find((step) => contrast(hex, mixed('#ffffff', hex, step * 0.12)) >= enough) ?? 0;
  const dark = steps.find((step) => contrast(mixed(hex, '#ffffff', step), darkSurface) >= enoughInDark) ?? 1;
  const tints = [0.94, 0.86, 0.7, 0.5, 0.32, 0.18, 0.08, 0];
  return {
    light: { text: hex, soft: mixed('#ffffff', hex, light * 0.12) },
    dark: { text: mixed(hex, '#ffffff', dark), soft: mixed(darkSurface, hex, 0.25) },
    filled: hex,
    filledHover: mixed(hex, '#000000', 0.14),
    shades: [
      ...tints.map((tint) => mixed(hex, '#ffffff', tint)),
      mixed(hex, '#000000', 0.2),
      mixed(hex, '#000000', 0.4),
    ],
  };
}
