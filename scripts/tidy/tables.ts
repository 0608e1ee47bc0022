/** Table ownership: a table is named in SQL or Kysely only by the stores of the folder that owns it. */
import { type Finding, findingAt, isTest, type SourceFile } from './source.ts';

export interface TableMap {
  tableOwners: Readonly<Record<string, string>>;
  tableReaders: Readonly<Record<string, readonly string[]>>;
}

const reads = ['selectFrom', 'innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'selectIn', 'selectEach'];
const writes = ['insertInto', 'replaceInto', 'updateTable', 'deleteFrom', 'insertRows', 'updateRows', 'updateIn'];

/** A call of Kysely, or of platform/db/bulk.ts, which takes the connection first. */
const call = new RegExp(
  `\\b(${[...reads, ...writes].join('|')})\\s*(?:<[^>]*>)?\\(\\s*(?:[\\w.]+,\\s*)?['"\`](\\w+)`,
  'g',
);
const sqlString = /(['"`])\s*(?:select|insert|update|delete|replace|with|lock|truncate)\b[^;]*?\1/gi;
const sqlTag = /\bsql(?:<[^>`]*>)?`[^`]*`/g;
const sqlTable = /\b(from|join|into|update|table|using)\s+["`']?(\w+)/gi;

export function tableRules({ tableOwners, tableReaders }: TableMap): (file: SourceFile) => Finding[] {
  return (file) => {
    if (/^migrations\/[^/]+\/sqlite\.sql$/.test(file.path)) return unknownTables(file);
    if (!/^(server|bin)\/.*\.ts$/.test(file.path) || isTest(file.path)) return [];
    return namedTables(file).flatMap(({ table, writes, index }) => {
      const owner = tableOwners[table];
      if (!owner || mayName(file.path, table, owner, writes)) return [];
      const message = `${table} belongs to the stores of ${owner}; call one of them (scripts/table-owners.ts)`;
      return [findingAt(file, index, 'table-owner', message)];
    });
  };

  function mayName(path: string, table: string, owner: string, writes: boolean): boolean {
    // The database layer moves rows of any table and owns none.
    if (path.startsWith('server/platform/db/')) return true;
    if (!path.endsWith('-store.ts')) return false;
    if (path.startsWith(`${owner}/`)) return true;
    return (
      !writes && Object.entries(tableReaders).some(([who, names]) => path.startsWith(who) && names.includes(table))
    );
  }

  function unknownTables(file: SourceFile): Finding[] {
    const created = file.text.matchAll(/^\s*CREATE TABLE(?: IF NOT EXISTS)?\s+["`]?(\w+)/gim);
    return [...created]
      .filter(([, table = '']) => !(table in tableOwners))
      .map((match) =>
        findingAt(file, match.index, 'table-owner', `${match[1]} has no owner in scripts/table-owners.ts`),
      );
  }
}

function namedTables(file: SourceFile): { table: string; writes: boolean; index: number }[] {
  const calls = [...file.code.matchAll(call)].map((match) => ({
    table: match[2] ?? '',
    writes: writes.includes(match[1] ?? ''),
    index: match.index,
  }));
  const statements = [sqlString, sqlTag].flatMap((pattern) => [...file.code.matchAll(pattern)]);
  const inSql = statements.flatMap((statement) =>
    [...statement[0].matchAll(sqlTable)].map((match) => ({
      table: match[2] ?? '',
      writes: !/^(from|join)$/i.test(match[1] ?? '') || /\bdelete\s+$/i.test(statement[0].slice(0, match.index)),
      index: statement.index + match.index,
    })),
  );
  return [...calls, ...inSql];
}
