/**
 * The house rules that a type checker and a linter do not know. The rules are data and small functions in scripts/tidy/;
 * this file reads the tree, runs them and prints `file:line rule — message`. Exit code 1 when there is anything to say.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tableOwners, tableReaders } from './table-owners.ts';
import { appendOnlyRules } from './tidy/append-only.ts';
import { fileRules } from './tidy/files.ts';
import { importRules } from './tidy/imports.ts';
import { type Finding, type Rule, type SourceFile, sourceFile } from './tidy/source.ts';
import { tableRules } from './tidy/tables.ts';
import { textRules } from './tidy/text.ts';

const rules: readonly Rule[] = [
  importRules,
  textRules,
  tableRules({ tableOwners, tableReaders }),
  appendOnlyRules,
  fileRules,
];

export function tidy(tree: readonly SourceFile[]): Finding[] {
  return tree.flatMap((file) => rules.flatMap((rule) => rule(file, tree)));
}

/** Pictures, fonts and archives have no lines. */
const isText = (path: string): boolean => !/\.(png|jpe?g|webp|avif|gif|ico|woff2?|gz|tgz|zip|pdf|db)$/.test(path);

/** What git has and what it would take: ignored files are nobody's concern. */
export function readTree(root: string): SourceFile[] {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && isText(path))
    .flatMap((path) => readOne(root, path));
}

function readOne(root: string, path: string): SourceFile[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat?.isFile()) return [];
  return [sourceFile(path, readFileSync(join(root, path), 'utf8'), (stat.mode & 0o111) !== 0)];
}

if (import.meta.main) {
  const findings = tidy(readTree(process.argv[2] ?? process.cwd()));
  for (const { path, line, rule, message } of findings) console.log(`${path}:${line} ${rule} — ${message}`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
