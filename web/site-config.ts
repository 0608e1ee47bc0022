/** How a site of the web is built: `web/<name>` to `web/dist/<name>`, served under `base`. */
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';
import { precompress } from './precompress.ts';

const pathOf = (place: string): string => new URL(place, import.meta.url).pathname;

export function siteConfig(name: string, base: string): UserConfig {
  return {
    root: pathOf(`./${name}`),
    base,
    publicDir: pathOf('./ui/public'),
    plugins: [react(), precompress()],
    build: {
      outDir: pathOf(`./dist/${name}`),
      emptyOutDir: true,
      target: 'es2022',
      // The content security policy forbids inline scripts and data: scripts, so nothing may be inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        // React Server Components markers mean nothing in a browser bundle.
        onLog(level, log, handle) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
        },
      },
    },
    server: {
      proxy: {
        '/api': 'http://127.0.0.1:8080',
        '/pay': 'http://127.0.0.1:8080',
        '/pictures': 'http://127.0.0.1:8080',
        '/shop.css': 'http://127.0.0.1:8080',
      },
    },
  };
}
