/** A pasted order link, or a number and its key typed apart; people paste with spaces and words around. */
export function readOrderLink(text: string, token: string): { id: string; token: string } | undefined {
  const id = /(?:^|[^0-9A-Za-z])([0-9A-Z]{28})(?![0-9A-Za-z])/.exec(text.trim())?.[1];
  const inLink = /#t=([^\s&#]+)/.exec(text)?.[1];
  const key = token.trim().replace(/^.*t=/, '') || (inLink && decode(inLink));
  return id && key ? { id, token: key } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
