/** REDIS_URL -> where Redis is: one address is one server, several separated by commas are nodes of a Redis Cluster. */
export interface RedisAddress {
  nodes: readonly { host: string; port: number }[];
  cluster: boolean;
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  db: number;
}

/** @throws a plain Error that says what is wrong, without the password */
export function readRedisAddress(text: string): RedisAddress {
  const urls = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readOne);
  const first = urls[0];
  if (!first) throw new Error('it names no address');
  const cluster = urls.length > 1;
  for (const url of urls) {
    if (url.protocol !== first.protocol) throw new Error('all addresses must begin alike, redis:// or rediss://');
    if (url.password !== first.password || url.username !== first.username)
      throw new Error('all nodes of a cluster have the same user and password');
    if (cluster && dbOf(url) !== 0) throw new Error('a cluster has no numbered databases');
  }
  return {
    nodes: urls.map((url) => ({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) })),
    cluster,
    tls: first.protocol === 'rediss:',
    username: decodeURIComponent(first.username) || undefined,
    password: decodeURIComponent(first.password) || undefined,
    db: dbOf(first),
  };
}

function readOne(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('each address must look like redis://host:6379 or rediss://user:password@host:6379');
  return url;
}

function dbOf(url: URL): number {
  const path = url.pathname.replace(/^\//, '');
  if (!/^\d{0,3}$/.test(path)) throw new Error('after the address only the number of a database may stand');
  return Number(path);
}
