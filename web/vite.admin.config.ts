/** What the owner sees. */
import { defineConfig } from 'vite';
import { siteConfig } from './site-config.ts';

export default defineConfig(siteConfig('admin', '/admin/'));
