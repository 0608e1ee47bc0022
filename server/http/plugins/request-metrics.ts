/** How long requests take, by route and class of status. */
import type { Context } from '../../context.ts';
import type { App } from '../app-type.ts';

export function requestMetrics(app: App, { metrics }: Context): void {
  /** Looking labels up costs more than observing; there are few pairs of route and status class. */
  const timers = new Map<string, { observe(seconds: number): void }>();
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const key = `${status} ${route}`;
    let timer = timers.get(key);
    if (!timer) {
      timer = metrics.requestSeconds.labels({ route, status });
      timers.set(key, timer);
    }
    timer.observe(reply.elapsedTime / 1000);
    done();
  });
}
