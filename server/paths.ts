/** Where the parts of a checkout are, from wherever it was started. */
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
export const migrationsFolder = fileURLToPath(new URL('migrations', root));
export const storefrontFolder = fileURLToPath(new URL('web/dist/storefront', root));
export const adminFolder = fileURLToPath(new URL('web/dist/admin', root));
