/** /metrics for Prometheus. It tells how well the shop sells, so it answers only inside the private network. */
import { BlockList, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import type { App } from '../app-type.ts';
import { ProblemError } from '../problem.ts';

const inside = new BlockList();
inside.addSubnet('127.0.0.0', 8, 'ipv4');
inside.addSubnet('10.0.0.0', 8, 'ipv4');
inside.addSubnet('172.16.0.0', 12, 'ipv4');
inside.addSubnet('192.168.0.0', 16, 'ipv4');
inside.addSubnet('100.64.0.0', 10, 'ipv4'); // pods of some clusters
inside.addSubnet('169.254.0.0', 16, 'ipv4');
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

export function isInside(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return inside.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}

export function metricsRoute(app: App, { metrics, config }: Context): void {
  app.get(
    '/metrics',
    { schema: { tags: ['operations'], operationId: 'metrics', summary: 'Metrics for Prometheus', security: [] } },
    async (request, reply) => {
      if (!isInside(request.ip) || cameThroughUnknownProxy(request)) throw new ProblemError('forbidden');
      reply.header('content-type', metrics.registry.contentType);
      return metrics.registry.metrics();
    },
  );

  /** A proxy that we do not trust makes the whole world look like a neighbour. */
  function cameThroughUnknownProxy(request: FastifyRequest): boolean {
    return config.trustProxy === false && request.headers['x-forwarded-for'] !== undefined;
  }
}
