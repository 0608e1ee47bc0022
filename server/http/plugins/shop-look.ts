/**
 * What every page of the shop loads before its script: the shop's style sheet and its icon. They answer within a moment
 * whatever happens, because a page waits for its styles: without them the shop looks as it was made.
 *
 * `/safe-mode` shows this browser the shop without the owner's own style sheet, which can make a shop unusable.
 */
import { pictureUrl } from '../../catalog/picture.ts';
import { cachedAppearance } from '../../catalog/shop-info.ts';
import { shopStyles } from '../../catalog/shop-styles.ts';
import type { Context } from '../../context.ts';
import { sleep } from '../../platform/clock.ts';
import { sha256 } from '../../platform/ids.ts';
import type { App } from '../app-type.ts';

const waitAtMostMs = 1000;
const safeCookie = 'cardwell_safe_mode';
const hidden = { schema: { hide: true } };

export function shopLook(app: App, context: Context): void {
  const appearance = () =>
    Promise.race([
      cachedAppearance(context).catch((error: unknown) => {
        context.log.debug({ err: error }, 'the appearance of the shop cannot be read');
        return undefined;
      }),
      sleep(waitAtMostMs).then(() => undefined),
    ]);

  app.get('/shop.css', hidden, async (request, reply) => {
    const kept = await appearance();
    const isSafe = request.headers.cookie?.includes(`${safeCookie}=on`) ?? false;
    const styles = kept ? shopStyles(kept, { withCustom: !isSafe }) : '';
    const etag = `"${sha256(styles)}"`;
    reply.headers({ 'content-type': 'text/css; charset=utf-8', vary: 'cookie' });
    if (!kept) return reply.send(styles);
    reply.headers({ 'cache-control': 'no-cache', etag });
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(styles);
  });

  app.get('/shop-icon', hidden, async (_request, reply) => {
    const icon = (await appearance())?.favicon;
    return reply
      .header('cache-control', 'public, max-age=300')
      .redirect(icon ? pictureUrl(icon.id, 96) : '/favicon.svg');
  });

  app.get('/safe-mode', hidden, (_request, reply) =>
    reply.header('set-cookie', `${safeCookie}=on; Path=/; SameSite=Lax`).redirect('/'),
  );
  app.get('/safe-mode/off', hidden, (_request, reply) =>
    reply.header('set-cookie', `${safeCookie}=; Path=/; SameSite=Lax; Max-Age=0`).redirect('/'),
  );
}
