/**
 * A proxy in front of a MySQL server that knows where each packet begins, and can cut a connection at any of them: before a
 * command reaches the server, in the middle of it, or after the server has done it and before the client has heard so. A
 * commit cut so is the one whose end nobody knows. It can also make the line slow.
 */
import { connect, createServer, type Socket } from 'node:net';
import { type CommandKind, commandReader, type Packet, packetReader } from './mysql-packets.ts';

export interface Command {
  /** Counts from 1. */
  connection: number;
  kind: CommandKind;
  text: string;
  /** Place in its transaction: BEGIN is 1. 0 outside of transactions. */
  step: number;
  isCommit: boolean;
}

/**
 * - before: the server never sees the command
 * - within: half of it arrives
 * - unanswered: the server does it; its answer is lost
 * - half-answered: half of the first packet of the answer arrives
 * - late: the client is cut off at once; the command reaches the server later, when the client may long have tried again
 */
export const cuts = ['before', 'within', 'unanswered', 'half-answered', 'late'] as const;
export type Cut = (typeof cuts)[number];

export interface MysqlProxy {
  readonly port: number;
  /** Asked for each command of each client; says whether it ends there. Until told otherwise everything passes. */
  watch(decide: (command: Command) => Cut | undefined): void;
  /** Added in each direction. */
  setLatency(ms: number): void;
  readonly counts: { connections: number; cuts: number; toServer: number; toClient: number };
  close(): Promise<void>;
}

const lateByMs = 150;
const headBytes = 4;

/** @param listen by default a free port of the loopback */
export async function startMysqlProxy(
  target: { host: string; port: number },
  listen = { host: '127.0.0.1', port: 0 },
): Promise<MysqlProxy> {
  let decide: (command: Command) => Cut | undefined = () => undefined;
  let latencyMs = 0;
  const counts = { connections: 0, cuts: 0, toServer: 0, toClient: 0 };
  const sockets = new Set<Socket>();

  const proxy = createServer((client) => {
    const connection = ++counts.connections;
    const server = connect({ ...target, noDelay: true });
    client.setNoDelay(true);
    sockets.add(client).add(server);
    const line = newLine();
    const [fromClient, fromServer] = [packetReader(), packetReader()];
    /** What to do with the next packet of the server. */
    let loses: 'unanswered' | 'half-answered' | undefined;
    let isCut = false;

    const send = (to: Socket, bytes: Buffer) => {
      const write = () => to.writable && to.write(bytes);
      if (latencyMs > 0) setTimeout(write, latencyMs);
      else write();
    };
    const end = () => {
      client.destroy();
      server.destroy();
    };
    const cut = () => {
      isCut = true;
      end();
    };

    function toServer(packet: Packet): void {
      counts.toServer++;
      const command = line.commanded(packet, connection);
      const how = command && decide(command);
      if (how !== undefined) counts.cuts++;
      if (how === undefined) send(server, packet.bytes);
      else if (how === 'before') cut();
      else if (how === 'within') {
        isCut = true;
        server.end(packet.bytes.subarray(0, headBytes + (packet.body.length >> 1)));
        client.destroy();
      } else if (how === 'late') {
        isCut = true;
        client.destroy();
        // The server's own end of the line stays open, so nothing is rolled back until the command has come.
        setTimeout(() => server.end(packet.bytes), lateByMs);
      } else {
        loses = how;
        send(server, packet.bytes);
      }
    }

    function toClient(packet: Packet): void {
      counts.toClient++;
      line.answered(packet);
      if (loses === undefined) send(client, packet.bytes);
      else if (loses === 'unanswered') cut();
      else {
        isCut = true;
        client.end(packet.bytes.subarray(0, headBytes + (packet.body.length >> 1)));
        server.destroy();
      }
    }

    client.on('data', (part: Buffer) => {
      for (const packet of fromClient(part)) if (!isCut) toServer(packet);
    });
    server.on('data', (part: Buffer) => {
      for (const packet of fromServer(part)) if (!isCut) toClient(packet);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        if (!isCut) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => proxy.once('error', reject).listen(listen, resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    port: address.port,
    counts,
    watch(next) {
      decide = next;
    },
    setLatency(ms) {
      latencyMs = ms;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** What one connection is doing: shaking hands, or commanding, within a transaction or not. */
function newLine() {
  const commands = commandReader();
  let shaking = true;
  let step = 0;
  return {
    /** @returns undefined for what is no command: the words of the handshake */
    commanded(packet: Packet, connection: number): Command | undefined {
      if (shaking || packet.sequence !== 0) return undefined;
      const { kind, text } = commands.read(packet);
      if (/^\s*(begin|start transaction)\b/i.test(text)) step = 1;
      else if (step > 0) step++;
      const command = { connection, kind, text, step, isCommit: /^\s*commit\b/i.test(text) };
      if (command.isCommit || /^\s*rollback\b/i.test(text)) step = 0;
      return command;
    },
    answered(packet: Packet): void {
      // The server greets with a zero sequence; the first OK after it lets the client in.
      if (shaking) shaking = packet.sequence === 0 || packet.body[0] !== 0;
      else commands.answered(packet);
    },
  };
}
