/** A buyer's contact as it may stand in a message to the shop's people: enough to recognise it, not enough to write to it. */
export function maskedContact(contact: string): string {
  const [name = '', host] = contact.split('@');
  if (host !== undefined) return `${[...name].slice(0, 2).join('')}***@${host.slice(0, 60)}`;
  const chars = [...contact];
  return chars.length <= 4 ? '***' : `${chars.slice(0, 2).join('')}***${chars.slice(-2).join('')}`;
}
