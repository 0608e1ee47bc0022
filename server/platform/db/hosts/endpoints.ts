/**
 * DATABASE_URL and DATABASE_READER_URLS -> the MySQL hosts they name. `mysql://user:pw@h1:3306,h2:3306/name` lists hosts
 * of which one is written at a time; readers are addresses of their own, or bare hosts that share user and name.
 */
export interface Endpoint {
  /** `host:port` as processes call it among themselves, so every process must write its hosts in the same way. */
  name: string;
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface Endpoints {
  /** In order of preference. */
  writers: readonly Endpoint[];
  /** Hosts that are only ever read. */
  readers: readonly Endpoint[];
}

export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

const defaultPort = 3306;
const mostHosts = 16;

export function parseEndpoints(url: string, readerUrls = ''): Endpoints {
  const writers = parseUrl(url, 'DATABASE_URL');
  const first = writers[0] as Endpoint;
  const listed = new Set(writers.map((one) => one.name));
  const readers = readerUrls
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .flatMap((text) => parseReader(text, first))
    // A host that is in both lists may be written, and is read when it is not the writer.
    .filter(({ name }) => !listed.has(name) && listed.add(name));
  if (listed.size > mostHosts) throw new EndpointError(`more than ${mostHosts} database hosts are listed`);
  return { writers, readers };
}

function parseReader(text: string, like: Endpoint): Endpoint[] {
  if (text.includes('://')) return parseUrl(text, 'DATABASE_READER_URLS');
  return [{ ...like, ...parseHost(text, 'DATABASE_READER_URLS') }];
}

function parseUrl(url: string, variable: string): Endpoint[] {
  const parts = /^(?:mysql|mariadb):\/\/(?:(?<login>.*)@)?(?<hosts>[^/?#@]*)(?:\/(?<database>[^/?#]*))?$/.exec(
    url,
  )?.groups;
  // The address itself is not repeated: it holds a password.
  if (!parts) throw new EndpointError(`${variable} must look like mysql://user:password@host:3306,host2:3306/name`);
  const { login = '', hosts = '', database = '' } = parts;
  const [user = '', ...rest] = login.split(':');
  const shared = {
    user: decoded(user, variable),
    password: decoded(rest.join(':'), variable),
    database: decoded(database, variable),
  };
  const found = hosts.split(',').map((host) => ({ ...shared, ...parseHost(host.trim() || '127.0.0.1', variable) }));
  const names = found.map((one) => one.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new EndpointError(`${variable} lists ${twice} twice`);
  return found;
}

function parseHost(text: string, variable: string): Pick<Endpoint, 'name' | 'host' | 'port'> {
  const parts = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<plain>[^\s:[\]]+))(?::(?<port>\d{1,5}))?$/i.exec(text)?.groups;
  const port = parts?.port === undefined ? defaultPort : Number(parts.port);
  if (!parts || port < 1 || port > 65_535) throw new EndpointError(`${variable}: "${text}" is not host or host:port`);
  const { six, plain = '' } = parts;
  return { name: `${six ? `[${six}]` : plain}:${port}`.toLowerCase(), host: six ?? plain, port };
}

function decoded(text: string, variable: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new EndpointError(`${variable}: user, password and name must be percent-encoded (a % is written %25)`);
  }
}
