/**
 * `node deploy/render.ts site.json folder`: writes the configuration of every zone into `folder/<zone>/` and that of
 * Prometheus into `folder/prometheus/`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RenderedFile, watchFiles, zoneFiles } from './render-site.ts';
import { checkSite, SiteError } from './site.ts';

export function writeFiles(folder: string, files: readonly RenderedFile[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, text, executable } of files)
    writeFileSync(join(folder, name), text, { mode: executable ? 0o755 : 0o644 });
}

if (import.meta.main) {
  const [siteFile, folder] = process.argv.slice(2);
  try {
    if (!siteFile || !folder) throw new SiteError('say it so: node deploy/render.ts site.json folder');
    const site = checkSite(JSON.parse(readFileSync(siteFile, 'utf8')));
    for (const { name } of site.zones) writeFiles(join(folder, name), zoneFiles(site, name));
    writeFiles(join(folder, 'prometheus'), watchFiles(site));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
