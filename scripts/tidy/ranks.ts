/** Who may import whom, as data. A file may import its own folder and every level above it in this list, never its own level or below. */
export const levels: readonly (readonly string[])[] = [
  ['contract'],
  ['server/platform'],
  ['server/region'],
  ['server/catalog', 'server/card', 'server/account', 'server/risk', 'server/degrade'],
  ['server/delivery'],
  ['server/order'],
  ['server/payment'],
  ['server/reconcile'],
  ['server/http'],
  ['server/services'],
  ['server/config.ts', 'server/paths.ts'],
  ['server/sqlite-thread.ts', 'server/batchers.ts'],
  ['server/context.ts'],
  ['server/app.ts', 'server/first-start.ts'],
  ['bin'],
];

/**
 * Types that may be imported against the ranks: the two layers that are handed the wired context name its type.
 * Operations below get plain values, so the configuration is not among them.
 */
export const typesAgainstRank: readonly { from: string; to: string }[] = [
  { from: 'server/http', to: 'server/context.ts' },
  { from: 'server/services', to: 'server/context.ts' },
  { from: 'server/services', to: 'server/config.ts' },
];

/** They import anything; nothing that is shipped imports them. */
export const outside: readonly string[] = ['gateways', 'lab', 'bench', 'deploy', 'test', 'scripts'];

/** The one command that starts what is outside: the simulated networks, which owners try a shop with. */
export const doorsToOutside: readonly { from: string; to: string }[] = [
  { from: 'bin/commands/gateways.ts', to: 'gateways' },
];

/** A package and the only places (a folder, a file, or files that end so) that may import it. */
export const packageHomes: readonly { packages: RegExp; homes: readonly string[]; name: string }[] = [
  { name: 'Kysely', packages: /^kysely(\/|$)/, homes: ['server/platform/db/', '-store.ts'] },
  {
    name: 'Fastify',
    packages: /^(fastify|@fastify\/.+|@scalar\/fastify.*)$/,
    homes: ['server/http/', 'server/app.ts'],
  },
  {
    name: 'the Redis client',
    packages: /^(ioredis|redis|@sesamecare-oss\/redlock)$/,
    homes: ['server/platform/cache/'],
  },
  { name: 'sharp', packages: /^sharp$/, homes: ['server/catalog/encode-picture.ts'] },
];
