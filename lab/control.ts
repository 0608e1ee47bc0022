/** The lab's ear: a socket in its folder, by which `lab status`, `lab down` and the fault commands reach the process that runs it. */
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { operations } from './operations.ts';

export const socketOf = (dir: string): string => join(dir, 'lab.sock');

const maxBodyBytes = 1 << 24;

/** `POST /<operation>` with its words as a JSON list; answers {done} or {error}. */
export async function listen(lab: Lab): Promise<Server> {
  const server = createServer(async (asked, reply) => {
    const send = (status: number, body: object) => {
      reply.writeHead(status, { 'content-type': 'application/json' });
      reply.end(JSON.stringify(body));
    };
    try {
      const name = String(asked.url).slice(1);
      if (!Object.hasOwn(operations, name)) return send(404, { error: `there is no ${name}` });
      const words = JSON.parse((await bodyOf(asked)) || '[]') as string[];
      const done = await operations[name as keyof typeof operations](lab, words);
      send(200, { done: done ?? null });
    } catch (error) {
      send(error instanceof LabCannot ? 400 : 500, { error: (error as Error).message });
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketOf(lab.dir), resolve));
  return server;
}

async function bodyOf(asked: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of asked) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new LabCannot('too many words');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** @throws ENOENT or ECONNREFUSED where no lab runs */
export function askLab(dir: string, operation: string, words: readonly string[] = []): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socketOf(dir), path: `/${operation}`, method: 'POST' }, async (reply) => {
      try {
        const { done, error } = JSON.parse(await bodyOf(reply)) as { done?: unknown; error?: string };
        if (error === undefined) resolve(done);
        else reject(new LabCannot(error));
      } catch (failure) {
        reject(failure);
      }
    });
    call.on('error', reject);
    call.end(JSON.stringify(words));
  });
}
