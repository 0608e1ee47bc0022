/** Rules about files as such: names, sizes, barrels, pairs of migrations, the right to be run. */
import { basename } from 'node:path';
import { type Finding, findingAt, isScript, isTest, type SourceFile } from './source.ts';

/** A name that says nothing about what is inside gathers everything. */
const emptyName = /(^|[-.])(utils?|helpers?|common|managers?|misc)$/;
const namesAllowed = ['contract/common.ts'];

const longestFile = 250;
/** Row types of every table, side by side with the migrations they mirror. */
const listsThatMayBeLong = ['server/platform/db/tables.ts'];
const mayBeLong = (path: string): boolean =>
  isTest(path) ||
  /(^|\/)(fixtures|locales)\//.test(path) ||
  path.endsWith('.d.ts') ||
  listsThatMayBeLong.includes(path);

const reExport = /\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*(['"])\s*\1\s*;?/g;

export function fileRules(file: SourceFile, tree: readonly SourceFile[]): Finding[] {
  const report = (rule: string, message: string): Finding => findingAt(file, 0, rule, message);
  const { path, text } = file;
  const found: Finding[] = [];
  if (isScript(path)) {
    if (emptyName.test(basename(path).replace(/(\.test)?\.\w+$/, '')) && !namesAllowed.includes(path)) {
      found.push(report('file-name', 'name the file after what it does'));
    }
    const lines = text.trimEnd().split('\n').length;
    if (lines > longestFile && !mayBeLong(path)) {
      found.push(report('file-size', `${lines} lines; past ${longestFile} a file is two things`));
    }
    if (isBarrel(file)) found.push(report('barrel', 'import from the file that has it'));
    if (path.startsWith('bin/') && text.startsWith('#!') && !file.executable) {
      found.push(report('executable', 'npx starts it by its first line: git update-index --chmod=+x'));
    }
  }
  return [...found, ...migrationPairs(file, tree)];
}

function isBarrel({ bare }: SourceFile): boolean {
  const rest = bare.replace(reExport, '');
  return rest !== bare && rest.trim() === '';
}

function migrationPairs({ path }: SourceFile, tree: readonly SourceFile[]): Finding[] {
  const [, folder, dialect] = /^migrations\/([^/]+)\/(mysql|sqlite)\.sql$/.exec(path) ?? [];
  if (!folder || !dialect) return [];
  const at = (message: string): Finding => ({ path, line: 1, rule: 'migration', message });
  const found: Finding[] = [];
  const other = dialect === 'mysql' ? 'sqlite' : 'mysql';
  if (!tree.some((file) => file.path === `migrations/${folder}/${other}.sql`))
    found.push(at(`${other}.sql is missing`));
  if (!/^\d{3}-[a-z0-9-]+$/.test(folder)) found.push(at('a migration is named NNN-what-it-does'));
  const sameNumber = tree.find(
    (file) =>
      file.path.startsWith(`migrations/${folder.slice(0, 4)}`) && !file.path.startsWith(`migrations/${folder}/`),
  );
  if (sameNumber) found.push(at(`${sameNumber.path} has the same number`));
  return found;
}
