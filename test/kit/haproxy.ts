/** A real HAProxy in front of server processes: asks /readyz, spreads requests, sends none to a server that stops. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { callerOf } from './http-call.ts';
import { supervise } from './supervised.ts';
import { until } from './until.ts';

export interface Haproxy {
  readonly origin: string;
  /** Resolves when it sends requests to this server. */
  untilUp(name: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param servers name -> origin
 * @param repeats a request whose server died under it goes to another one, and a server is out when it refuses connections or
 *   is silent for long, as deploy/templates/haproxy.cfg has it
 */
export async function startHaproxy(servers: Readonly<Record<string, string>>, repeats = false): Promise<Haproxy> {
  const dir = await mkdtemp(join(tmpdir(), 'cardwell-haproxy-'));
  const [port, statsPort] = [await freePort(), await freePort()];
  const lines = Object.entries(servers).map(([name, origin]) => `  server ${name} ${new URL(origin).host} check`);
  const checks = repeats
    ? '  option http-buffer-request\n  timeout check 5s\n  default-server inter 300ms fall 3 rise 1 observe layer4 error-limit 3 on-error mark-down'
    : '  default-server inter 300ms fall 1 rise 1';
  const config = `
global
  maxconn 500
  stats timeout 30s
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  retries 3
  option redispatch 1
  retry-on conn-failure${repeats ? ' empty-response' : ''}
frontend shop
  bind 127.0.0.1:${port}
  default_backend processes
backend processes
  option httpchk GET /readyz
  http-check expect status 200
${checks}
${lines.join('\n')}
listen stats
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /
`;
  const file = join(dir, 'haproxy.cfg');
  await writeFile(file, config);
  const server = await supervise(['/usr/sbin/haproxy', '-db', '-f', file], { dir, log: join(dir, 'haproxy.log') });
  await server.start();
  const stats = callerOf(`http://127.0.0.1:${statsPort}`);
  return {
    origin: `http://127.0.0.1:${port}`,
    untilUp: (name) =>
      until(`haproxy sends requests to ${name}`, async () => {
        const reply = await stats({ path: '/;csv' }).catch(() => undefined);
        return (
          reply?.text.split('\n').some((line) => line.startsWith(`processes,${name},`) && /,UP,/.test(line)) ?? false
        );
      }),
    async stop() {
      server.signal('SIGKILL');
      await server.ended();
      await server.release();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
