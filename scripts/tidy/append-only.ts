/** Tables whose rows are only ever added: no code and no migration changes or removes one. */
import { appendOnlyTables } from '../table-owners.ts';
import { type Finding, findingAt, isTest, type SourceFile } from './source.ts';

const names = appendOnlyTables.join('|');
const changes = new RegExp(
  `\\b(?:updateTable|deleteFrom|replaceInto|mergeInto|updateRows|updateIn)\\s*(?:<[^>]*>)?\\(\\s*(?:[\\w.]+,\\s*)?['"\`](?:${names})\\b` +
    `|\\b(?:update|delete\\s+from|replace\\s+into|truncate(?:\\s+table)?|drop\\s+table(?:\\s+if\\s+exists)?)\\s+["\`']?(?:${names})\\b`,
  'gi',
);

export function appendOnlyRules(file: SourceFile): Finding[] {
  if (!/^((server|bin)\/.*\.ts|migrations\/.*\.sql)$/.test(file.path) || isTest(file.path)) return [];
  const text = file.path.endsWith('.sql') ? file.text : file.code;
  return [...text.matchAll(changes)].map((match) =>
    findingAt(file, match.index, 'append-only', 'rows of this table are added and read, never changed or removed'),
  );
}
