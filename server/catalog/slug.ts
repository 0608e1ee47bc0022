/** The name of an entry in an address: [a-z0-9-], at most 80 characters. */
import { randomToken } from '../platform/ids.ts';

const maxLength = 60;

/** Latin names give themselves; of others (`墨石笔记`) nothing is left, and `fallback` stands in. */
export function slugFrom(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
  return slug.length >= 2 ? slug : fallback;
}

/** The slug itself if it is free, else the first of slug-2, slug-3, ... that is. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}

/** A fallback for a name that gives no address: `product-` and eight random letters or digits. */
export function randomSlug(kind: string): string {
  const letters = randomToken()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return `${kind}-${letters.slice(0, 8)}`;
}
