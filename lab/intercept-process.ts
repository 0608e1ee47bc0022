/** The interceptor as a program on a database machine: `node intercept-process.ts <address>`; a small control API beside it. */
import { createServer } from 'node:http';
import { startMysqlProxy } from '../test/kit/mysql-proxy.ts';
import { ports } from './topology.ts';

const [host = '127.0.0.1'] = process.argv.slice(2);
const proxy = await startMysqlProxy({ host, port: ports.database }, { host, port: ports.interceptor });
let commitsToCut = 0;
proxy.watch(({ isCommit }) => {
  if (!isCommit || commitsToCut === 0) return undefined;
  commitsToCut--;
  return 'unanswered';
});

const server = createServer((request, reply) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://interceptor');
  if (pathname === '/latency') proxy.setLatency(Number(searchParams.get('ms')));
  if (pathname === '/cut-commits') commitsToCut = Number(searchParams.get('times'));
  reply.writeHead(200, { 'content-type': 'application/json' });
  reply.end(JSON.stringify({ ...proxy.counts, waiting: commitsToCut }));
});
server.listen(ports.interceptorControl, host);
