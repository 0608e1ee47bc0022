/** Where the parts of a checkout are, from wherever it was started. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
export const migrationsFolder = fileURLToPath(new URL('migrations', root));
export const storefrontFolder = fileURLToPath(new URL('web/dist/storefront', root));
export const adminFolder = fileURLToPath(new URL('web/dist/admin', root));
/** Of this program. */
export const version = (JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }).version;
