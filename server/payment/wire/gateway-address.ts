/**
 * Where answers are not signed, the address is all the proof there is. Such a gateway must be reached by https, or be a
 * neighbour: this machine, a private network, a container's name.
 */
import { isIP } from 'node:net';
import { SettingError } from '../../platform/setting-fields.ts';

const privateIPv4 = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

export function trustedAddress(address: string, field: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new SettingError(field, 'is no address');
  }
  if (url.username || url.search || url.hash) throw new SettingError(field, 'must be a plain address');
  if (url.protocol !== 'https:' && !isNeighbour(url.hostname)) {
    throw new SettingError(field, 'must begin with https:// (its answers carry no signature)');
  }
  return address.replace(/\/+$/, '');
}

function isNeighbour(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const version = isIP(bare);
  if (version === 4) return privateIPv4.test(bare);
  if (version === 6) return bare === '::1' || /^f[cd]/.test(bare);
  return !bare.includes('.');
}
