/** HTTP as it is: any method, path, header and body, on connections that stay open. What `fetch` would mend or refuse gets through. */
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Call {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text and bytes as they are. */
  body?: unknown;
  /** Answer with what has come once this much has: for streams that do not end. */
  firstBytes?: boolean;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export type Caller = (call: Call) => Promise<Answer>;

const answerWithinMs = 60_000;

export function callerOf(origin: string, maxSockets = 64): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const { hostname, port } = new URL(origin);
  return ({ method = 'GET', path, headers = {}, body, firstBytes }) =>
    new Promise((resolve, reject) => {
      const bytes = bytesOf(body);
      const json = bytes !== undefined && typeof body === 'object' && !Buffer.isBuffer(body);
      const length = bytes === undefined ? {} : { 'content-length': String(bytes.length) };
      const type = json ? { 'content-type': 'application/json' } : {};
      const outgoing = request(
        { agent, hostname, port, method, path, headers: { ...type, ...length, ...headers } },
        (incoming) => {
          const parts: Buffer[] = [];
          const done = () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: Buffer.concat(parts).toString('utf8'),
            });
          incoming.on('data', (part: Buffer) => {
            parts.push(part);
            if (!firstBytes) return;
            done();
            outgoing.destroy();
          });
          incoming.on('end', done);
          incoming.on('error', (error) => (firstBytes ? undefined : reject(error)));
        },
      );
      outgoing.setTimeout(answerWithinMs, () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
