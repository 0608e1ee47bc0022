/**
 * What an operator says of a site: its zones, their machines, and the choices that differ from place to place. Checked before
 * anything is made from it. `docs/lab.md` shows one; the lab makes its own.
 */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const Address = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,3}){3}$' });
const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,30}$' });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const Path = Type.String({ pattern: '^/[\\w./+-]{1,200}$' });
const strict = { additionalProperties: false } as const;

const Server = Type.Object({ zone: Name, address: Address, port: Port }, strict);

const Zone = Type.Object(
  {
    name: Name,
    /** The machine with the proxy and the roles, the one with the database, the one with Redis; they may be one. */
    app: Address,
    database: Address,
    cache: Address,
    /** Its proxy listens on all addresses of the machine, the virtual one too; or on this one alone. */
    listen: Type.Union([Type.Literal('*'), Address]),
  },
  strict,
);

export const Site = Type.Object(
  {
    zones: Type.Array(Zone, { minItems: 1, maxItems: 9 }),
    virtualIp: Address,
    /** Of the virtual IP: how many bits name the network. */
    prefix: Type.Integer({ minimum: 8, maximum: 32 }),
    interface: Type.String({ pattern: '^[a-zA-Z0-9.@_-]{1,15}$' }),
    /** Who runs keepalived's check: it may do nothing else. */
    scriptUser: Type.String({ pattern: '^[a-z_][a-z0-9_-]{0,31}$' }),
    virtualRouter: Type.Integer({ minimum: 1, maximum: 255 }),
    clusterName: Name,
    databaseName: Type.String({ pattern: '^\\w{1,40}$' }),
    ports: Type.Object(
      {
        shop: Port,
        stats: Port,
        peers: Port,
        sqlWriter: Port,
        sqlReaders: Port,
        database: Port,
        galera: Port,
        stateTransfer: Port,
        prometheus: Port,
      },
      strict,
    ),
    redisPorts: Type.Array(Port, { minItems: 1, maxItems: 4 }),
    /** Role -> where it runs. */
    roles: Type.Object(
      {
        order: Type.Array(Server, { minItems: 1 }),
        card: Type.Array(Server, { minItems: 1 }),
        payment: Type.Array(Server, { minItems: 1 }),
        account: Type.Array(Server),
        admin: Type.Array(Server, { minItems: 1 }),
        worker: Type.Array(Server, { minItems: 1 }),
      },
      strict,
    ),
    prometheus: Address,
    /** Folders on the machines. `{zone}` is none of them: every machine is alike, or each has its own site. */
    folders: Type.Object({ run: Path, galeraLibrary: Path }, strict),
    sizes: Type.Object(
      {
        proxyThreads: Type.Integer({ minimum: 1, maximum: 64 }),
        proxyConnections: Type.Integer({ minimum: 100, maximum: 1_000_000 }),
        databaseBufferMb: Type.Integer({ minimum: 5, maximum: 1_000_000 }),
        databaseCacheMb: Type.Integer({ minimum: 8, maximum: 100_000 }),
        redisMb: Type.Integer({ minimum: 8, maximum: 100_000 }),
      },
      strict,
    ),
    stateTransferMethod: Type.String({ pattern: '^(mariabackup|xtrabackup-v2|rsync|local)$' }),
  },
  strict,
);
export type Site = Static<typeof Site>;
export type SiteZone = Site['zones'][number];

export class SiteError extends Error {
  override readonly name = 'SiteError';
}

export function checkSite(value: unknown): Site {
  const [wrong] = Value.Errors(Site, value);
  if (wrong)
    throw new SiteError(`the site's ${wrong.instancePath.slice(1).replaceAll('/', '.') || 'form'} ${wrong.message}`);
  const site = value as Site;
  const names = site.zones.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new SiteError('two zones have the same name');
  for (const [role, servers] of Object.entries(site.roles)) {
    const stranger = servers.find(({ zone }) => !names.includes(zone));
    if (stranger) throw new SiteError(`roles.${role} names the zone ${stranger.zone}, which is not there`);
  }
  if (site.zones.some(({ app, database, cache }) => [app, database, cache].includes(site.virtualIp)))
    throw new SiteError('the virtual IP is the address of a machine');
  return site;
}

export function zoneOf(site: Site, name: string): SiteZone {
  const zone = site.zones.find((one) => one.name === name);
  if (!zone) throw new SiteError(`there is no zone ${name}`);
  return zone;
}
