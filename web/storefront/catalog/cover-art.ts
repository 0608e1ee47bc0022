/** A cover for products without a picture: the same product always gets the same colours, shape and letters. */

/** Two ends of a gradient, dark enough for white letters at 4.5:1. */
const palettes = [
  ['#0b5a48', '#137a5f'],
  ['#1f3f66', '#2f679c'],
  ['#5b2f57', '#8a4a7c'],
  ['#7a3418', '#a9502b'],
  ['#33404a', '#566874'],
  ['#0f4c5c', '#1d7385'],
  ['#3b3577', '#5c55a6'],
  ['#7d2740', '#ab4460'],
] as const;
const motifs = ['rings', 'bands', 'dots', 'arc'] as const;

export interface CoverArt {
  from: string;
  to: string;
  motif: (typeof motifs)[number];
  letters: string;
}

export function coverArt(slug: string, name: string): CoverArt {
  const hash = hashOf(slug);
  const [from, to] = palettes[hash % palettes.length]!;
  return { from, to, motif: motifs[(hash >>> 8) % motifs.length]!, letters: lettersOf(name) };
}

/** FNV-1a with a final mix: short addresses alike must still fall on different colours. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The first Latin word, or the first two Chinese characters: what people call the product. A label before a dot is not. */
export function lettersOf(productName: string): string {
  const name = productName.replace(/^[^·]{1,10}·\s*/, '');
  const word = /[A-Za-z0-9+.]{2,10}/.exec(name)?.[0];
  const chinese = /[\u3400-\u9fff]{2}/.exec(name)?.[0];
  if (word && (!chinese || name.indexOf(word) <= name.indexOf(chinese))) return word;
  return chinese ?? name.trim().slice(0, 2);
}
