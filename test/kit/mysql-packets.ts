/** The bytes of a MySQL connection as packets: three bytes of length, one of sequence, then the content. */

export interface Packet {
  /** With its head: what is sent on. */
  bytes: Buffer;
  /** 0 begins a new exchange. */
  sequence: number;
  body: Buffer;
}

const headBytes = 4;

/** @returns a function that takes what has arrived and gives the packets that are complete */
export function packetReader(): (part: Buffer) => Packet[] {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const packets: Packet[] = [];
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUIntLE(0, 3);
      if (rest.length < end) break;
      packets.push({ bytes: rest.subarray(0, end), sequence: rest[3] ?? 0, body: rest.subarray(headBytes, end) });
      rest = rest.subarray(end);
    }
    return packets;
  };
}

export type CommandKind = 'query' | 'prepare' | 'execute' | 'other';

const kinds: Record<number, CommandKind> = { 3: 'query', 22: 'prepare', 23: 'execute' };

export interface ReadCommand {
  kind: CommandKind;
  text: string;
}

/** Reads what a client commands. Statements it prepared are known by the number the server gave them. */
export function commandReader() {
  const prepared = new Map<number, string>();
  let preparing: string | undefined;
  return {
    read({ body }: Packet): ReadCommand {
      const kind = kinds[body[0] ?? 0] ?? 'other';
      if (kind === 'execute') return { kind, text: prepared.get(body.readUInt32LE(1)) ?? '' };
      const text = kind === 'other' ? '' : body.toString('utf8', 1);
      preparing = kind === 'prepare' ? text : undefined;
      return { kind, text };
    },
    answered({ body }: Packet): void {
      if (preparing !== undefined && body[0] === 0) prepared.set(body.readUInt32LE(1), preparing);
      preparing = undefined;
    },
  };
}
