/** Every route that an app answers, read from its router rather than from what it says of itself. */
import type { App } from '../../../server/http/app-type.ts';

export interface AppRoute {
  method: string;
  /** With :parameters. */
  path: string;
}

/** Read from the printed tree: `│   ├── orders/:id (GET, HEAD)`, four characters a level. */
export function routesOf(app: App): AppRoute[] {
  const parts: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/u.exec(line);
      if (!match) return [];
      const [, indent = '', part = '', methods = ''] = match;
      const depth = indent.length / 4;
      parts.splice(depth, parts.length, part);
      const path = parts.join('');
      return methods === '' ? [] : methods.split(', ').map((method) => ({ method, path }));
    });
}
