import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

export default defineConfig({
  root: new URL('./storefront', import.meta.url).pathname,
  base: '/',
  plugins: [react(), precompress()],
  build: {
    outDir: new URL('./dist/storefront', import.meta.url).pathname,
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
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/pay': 'http://127.0.0.1:8080' } },
});
