/**
 * Which addresses an owner may have the shop call: https at public addresses. Whoever can fill in a webhook would otherwise
 * read, through the answer or its absence, what stands behind the firewall (a cloud's metadata, a database, this machine).
 * A name is judged twice: as it is written, and by what it resolves to when it is called (outside-http.ts).
 */
import { BlockList, isIP } from 'node:net';

export interface OutsideRule {
  /** Nothing is refused: for trying out. */
  everything: boolean;
  /** Hosts of the owner's own that may be called, by http too. */
  hosts: ReadonlySet<string>;
  networks: BlockList;
}

export const everythingAllowed: OutsideRule = { everything: true, hosts: new Set(), networks: new BlockList() };

/** @param list host names, addresses and networks (10.1.0.0/16), separated by commas. Throws an Error with a clear sentence. */
export function readOutsideRule(list: string): OutsideRule {
  const hosts = new Set<string>();
  const networks = new BlockList();
  for (const item of list.split(',').map((one) => one.trim().toLowerCase())) {
    if (!item) continue;
    const [address = '', bits] = item.split('/');
    const version = isIP(address);
    if (version === 0) {
      if (bits !== undefined || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(item)) throw new Error(`"${item}" is no host`);
      hosts.add(item);
      continue;
    }
    const longest = version === 4 ? 32 : 128;
    const length = bits === undefined ? longest : Number(bits);
    if (!/^\d*$/.test(bits ?? '') || bits === '' || length > longest) throw new Error(`"${item}" is no network`);
    networks.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return { everything: false, hosts, networks };
}

/** @returns why it may not be called, or undefined. Whether its name leads somewhere else is seen when it is called. */
export function refusalOfAddress(address: string, rule: OutsideRule): string | undefined {
  if (!URL.canParse(address)) return 'it is no address';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it must begin with https://';
  if (url.username || url.password) return 'it must hold no user and no password';
  if (rule.everything) return undefined;
  const host = bareHost(url);
  if (rule.hosts.has(host)) return undefined;
  if (isIP(host) !== 0) {
    if (isListed(host, rule)) return undefined;
    if (!isPublic(host)) return 'it leads to an address that is not public';
  } else if (!host.includes('.')) return 'it leads to a name that is not public';
  return url.protocol === 'https:' ? undefined : 'it must begin with https://';
}

/** @param ip what the host's name has been resolved to */
export function mayConnect(host: string, ip: string, rule: OutsideRule): boolean {
  return rule.everything || rule.hosts.has(host.toLowerCase()) || isListed(ip, rule) || isPublic(ip);
}

/** As it is written in rules: without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

function isListed(ip: string, rule: OutsideRule): boolean {
  return rule.networks.check(ip, isIP(ip) === 4 ? 'ipv4' : 'ipv6');
}

const notPublic = new BlockList();
// The special-purpose registry of IPv4: private, shared, loopback, link-local, documentation, benchmarks, multicast, reserved.
for (const network of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [address = '', bits] = network.split('/');
  notPublic.addSubnet(address, Number(bits), 'ipv4');
}
// Of IPv6 only 2000::/3 is public, and there not what carries an IPv4 address inside (6to4, Teredo) or is for documents.
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
notPublic.addSubnet('2001::', 23, 'ipv6');
notPublic.addSubnet('2001:db8::', 32, 'ipv6');
notPublic.addSubnet('2002::', 16, 'ipv6');
notPublic.addSubnet('3fff::', 20, 'ipv6');

export function isPublic(ip: string): boolean {
  if (isIP(ip) === 4) return !notPublic.check(ip, 'ipv4');
  const bare = ip.split('%')[0] as string;
  return isIP(bare) === 6 && globalUnicast.check(bare, 'ipv6') && !notPublic.check(bare, 'ipv6');
}
