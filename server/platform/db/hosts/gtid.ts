/** MariaDB's global transaction positions, `domain-server-number` for each domain: how far a server has come. */
export type Position = ReadonlyMap<number, number>;

export function parsePosition(text: string): Position {
  const position = new Map<number, number>();
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const found = /^\s*(\d+)-\d+-(\d+)\s*$/.exec(part);
    if (!found) throw new Error(`not a position of MariaDB: ${text}`);
    const [domain, number] = [Number(found[1]), Number(found[2])];
    position.set(domain, Math.max(number, position.get(domain) ?? 0));
  }
  return position;
}

/** The further of two in each domain. */
export function furthest(a: Position, b: Position): Position {
  const both = new Map(a);
  for (const [domain, number] of b) both.set(domain, Math.max(number, both.get(domain) ?? 0));
  return both;
}

/** Whether `a` lacks nothing that `b` has. Counts numbers only: two servers that went different ways may count alike. */
export function reaches(a: Position, b: Position): boolean {
  return [...b].every(([domain, number]) => (a.get(domain) ?? 0) >= number);
}

export function positionText(position: Position): string {
  return [...position].map(([domain, number]) => `${domain}:${number}`).join(' ') || 'nothing';
}
