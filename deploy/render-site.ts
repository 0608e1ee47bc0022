/** A site -> the configuration files of one zone, and of the Prometheus that watches all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLogin, checkQuery, queryPacket } from './database-check.ts';
import { renderTemplate, type TemplateValues } from './render-template.ts';
import { type Site, type SiteZone, zoneOf } from './site.ts';

const templates = join(import.meta.dirname, 'templates');
/** What HAProxy sends buyers to. Workers are only watched. */
const balanced = ['order', 'card', 'payment', 'account', 'admin'] as const;
const highestPriority = 200;
const priorityStep = 10;

export interface RenderedFile {
  name: string;
  text: string;
  /** To be run, not read. */
  executable?: true;
}

export function zoneFiles(site: Site, zoneName: string): RenderedFile[] {
  const zone = zoneOf(site, zoneName);
  const values = valuesOf(site, zone);
  return [
    { name: 'haproxy.cfg', text: render('haproxy.cfg', values) },
    ...(site.zones.length > 1 ? [{ name: 'keepalived.conf', text: render('keepalived.conf', values) }] : []),
    { name: 'check-proxy.sh', text: render('check-proxy.sh', values), executable: true },
    { name: 'galera.cnf', text: render('galera.cnf', values) },
    ...site.redisPorts.map((redisPort) => ({
      name: `redis-${redisPort}.conf`,
      text: render('redis.conf', { ...values, redisPort }),
    })),
  ];
}

export function watchFiles(site: Site): RenderedFile[] {
  const values = { ...site.ports, statsPort: site.ports.stats, zones: site.zones, backends: backendsOf(site, true) };
  return ['prometheus.yml', 'alerts.yml'].map((name) => ({ name, text: render(name, values) }));
}

function valuesOf(site: Site, zone: SiteZone): TemplateValues {
  const { ports, sizes, folders } = site;
  const place = site.zones.indexOf(zone);
  // The first to start is not to be the first in every list: readers and writers of all zones begin at the same node.
  const databases = site.zones.map(({ name, database }, i) => ({ name, database, backup: i === 0 ? '' : 'backup' }));
  return {
    zone: zone.name,
    number: place + 1,
    app: zone.app,
    database: zone.database,
    cache: zone.cache,
    listen: zone.listen,
    statsListen: zone.listen,
    run: folders.run,
    galeraLibrary: folders.galeraLibrary,
    zones: site.zones.map(({ name, app }) => ({ name, app })),
    peers: site.zones.filter((one) => one !== zone).map(({ app }) => ({ app })),
    members: site.zones.map((one) => one.database).join(','),
    databases,
    backends: backendsOf(site, false),
    orderServers: serversOf(site, 'order'),
    priority: highestPriority - place * priorityStep,
    interface: site.interface,
    virtualIp: site.virtualIp,
    prefix: site.prefix,
    virtualRouter: site.virtualRouter,
    scriptUser: site.scriptUser,
    clusterName: site.clusterName,
    stateTransferMethod: site.stateTransferMethod,
    checkLogin,
    checkQuery,
    checkAsk: queryPacket(checkQuery),
    ...sizes,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [`${name}Port`, port])),
  };
}

function backendsOf(site: Site, watched: boolean): TemplateValues[] {
  return [...balanced, ...(watched ? (['worker'] as const) : [])].map((role) => ({
    role,
    servers: serversOf(site, role),
  }));
}

const serversOf = (site: Site, role: keyof Site['roles']): TemplateValues[] =>
  site.roles[role].map(({ zone, address, port }) => ({ serverZone: zone, address, port }));

const render = (name: string, values: TemplateValues): string =>
  renderTemplate(readFileSync(join(templates, name), 'utf8'), values);
