/** The network's side of the signature, written apart from the shop's so that the two can disagree. */
import { createHash } from 'node:crypto';

export function md5Sign(params: URLSearchParams, key: string): string {
  const names = [...new Set(params.keys())].filter((name) => name !== 'sign' && name !== 'sign_type').sort();
  let text = '';
  for (const name of names) {
    const value = params.get(name) ?? '';
    if (value === '') continue;
    text += `${text === '' ? '' : '&'}${name}=${value}`;
  }
  return createHash('md5')
    .update(text + key)
    .digest('hex');
}

export function withSign(values: Record<string, string>, key: string): URLSearchParams {
  const params = new URLSearchParams(values);
  params.set('sign', md5Sign(params, key));
  params.set('sign_type', 'MD5');
  return params;
}
