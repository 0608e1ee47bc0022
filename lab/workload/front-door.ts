/** One HTTP request through the address that buyers know, timed and judged. What browsers would mend by themselves is not mended. */
import { Agent, request } from 'node:http';
import type { Outcome, RequestKind, RequestRecord } from './history.ts';

export interface Asked {
  kind: RequestKind;
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  /** An object goes as JSON, text as it is. */
  body?: unknown;
}

export interface Answered<T> {
  outcome: Outcome;
  status: number;
  text: string;
  body: T;
  problem: { code?: string } | undefined;
}

export interface FrontDoor {
  ask<T>(
    buyer: number,
    asked: Asked,
    judge: (reply: { status: number; text: string }) => Outcome,
  ): Promise<Answered<T>>;
  readonly requests: RequestRecord[];
  /** Told of each request as it ends. */
  onRequest?: (record: RequestRecord) => void;
  close(): void;
}

/** A buyer's browser waits longer than the shop may take; who hears nothing for so long goes away. */
const answerWithinMs = 20_000;
/** Proxies close what was idle for longer, and a request must not meet that moment. */
const idleMs = 2000;
const wallMs = () => performance.timeOrigin + performance.now();

export function openFrontDoor(origin: string): FrontDoor {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: 4096, maxFreeSockets: 256, timeout: idleMs });
  const requests: RequestRecord[] = [];

  const send = ({ method = 'GET', path, headers = {}, body }: Asked) =>
    new Promise<{ status: number; text: string; json: boolean }>((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const type = text === undefined ? {} : { 'content-type': 'application/json' };
      const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
      const outgoing = request(
        { agent, hostname, port: port || 80, method, path, headers: { ...type, ...length, ...headers } },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () => {
            clearTimeout(timer);
            const json = incoming.headers['content-type']?.includes('json') === true;
            resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), json });
          });
        },
      );
      const timer = setTimeout(() => outgoing.destroy(new Error(`no answer in ${answerWithinMs} ms`)), answerWithinMs);
      outgoing.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      outgoing.end(text);
    });

  const door: FrontDoor = {
    requests,
    async ask<T>(buyer: number, asked: Asked, judge: (reply: { status: number; text: string }) => Outcome) {
      const startMs = wallMs();
      const answered: Answered<T> = { outcome: 'unknown', status: 0, text: '', body: {} as T, problem: undefined };
      try {
        const { status, text, json } = await send(asked);
        const parsed: unknown = json ? JSON.parse(text) : undefined;
        Object.assign(answered, { status, text, body: parsed, problem: parsed, outcome: judge({ status, text }) });
      } catch (error) {
        answered.text = String(error);
      }
      const { outcome, status, text } = answered;
      const record: RequestRecord = { buyer, kind: asked.kind, startMs, endMs: wallMs(), outcome };
      if (status > 0) record.status = status;
      if (outcome !== 'ok') record.says = text.slice(0, 200);
      requests.push(record);
      door.onRequest?.(record);
      return answered;
    },
    close: () => agent.destroy(),
  };
  return door;
}
