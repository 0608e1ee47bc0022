/** What buyers see. The owner's pages are a site of their own, so that no buyer loads any of them. */
import { defineConfig } from 'vite';
import { siteConfig } from './site-config.ts';

export default defineConfig(siteConfig('storefront', '/'));
