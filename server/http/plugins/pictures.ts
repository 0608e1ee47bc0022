/** The public addresses of pictures. What one answers never changes, so a browser need never ask for it again. */
import { pictureSizes } from '../../../contract/pictures.ts';
import { createPictureShelf } from '../../catalog/picture-shelf.ts';
import type { Context } from '../../context.ts';
import type { App } from '../app-type.ts';
import { ProblemError } from '../problem.ts';

const names = new RegExp(`^([A-Za-z0-9_-]{43})-(${pictureSizes.join('|')})\\.webp$`);

export const pictureHeaders: Readonly<Record<string, string>> = {
  'content-type': 'image/webp',
  'cache-control': 'public, max-age=31536000, immutable',
  // Opened by itself it is a picture and nothing else, whatever a browser should take it for.
  'content-security-policy': "default-src 'none'; sandbox",
};

export function pictures(app: App, context: Context): void {
  const shelf = createPictureShelf(context);
  app.get('/pictures/:name', { schema: { hide: true } }, async (request, reply) => {
    const { name } = request.params as { name: string };
    const [, id, size] = names.exec(name) ?? [];
    const content = id && (await shelf.file(id, Number(size)));
    if (!content) throw new ProblemError('not_found');
    return reply.headers(pictureHeaders).send(Buffer.from(content.buffer, content.byteOffset, content.length));
  });
}
