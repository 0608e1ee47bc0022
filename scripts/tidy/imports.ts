/** Rules about imports: ranks, the homes of packages, endings. */
import { posix } from 'node:path';
import { doorsToOutside, levels, outside, packageHomes, typesAgainstRank } from './ranks.ts';
import { type Finding, findingAt, isScript, isTest, type SourceFile } from './source.ts';

interface Import {
  specifier: string;
  index: number;
  typeOnly: boolean;
}

const patterns = [
  /(?<=^|[;\n])[ \t]*(?:import|export)\s(?<what>[^'";]*?)\bfrom\s*['"](?<specifier>[^'"\n]+)['"]/g,
  /(?<=^|[;\n])[ \t]*import\s*['"](?<specifier>[^'"\n]+)['"]/g,
  /\bimport\s*\(\s*['"](?<specifier>[^'"\n]+)['"]/g,
  // How a worker thread names its file.
  /\bnew URL\(\s*['"](?<specifier>\.[^'"\n]+\.ts)['"]\s*,\s*import\.meta\.url/g,
];

export function importsOf(file: SourceFile): Import[] {
  return patterns.flatMap((pattern) =>
    [...file.code.matchAll(pattern)].flatMap((match) => {
      const index = match.index + (match[0].length - match[0].trimStart().length);
      const { specifier = '', what = '' } = match.groups ?? {};
      // An import that stands inside a string is text.
      if (file.bare[index] === ' ') return [];
      return [{ specifier, index, typeOnly: isTypeOnly(what) }];
    }),
  );
}

function isTypeOnly(what: string): boolean {
  if (/^type\s+[^,]/.test(what)) return true;
  const names = /^\{(.*)\}\s*$/s.exec(what)?.[1]?.split(',') ?? [''];
  return names.some((name) => name.trim() !== '') && names.every((name) => /^\s*(type\s.*)?$/s.test(name));
}

export function importRules(file: SourceFile): Finding[] {
  if (!isScript(file.path)) return [];
  return importsOf(file).flatMap((found) => {
    const report = (rule: string, message: string): Finding[] => [findingAt(file, found.index, rule, message)];
    if (!found.specifier.startsWith('.')) {
      const home = packageHomes.find(({ packages }) => packages.test(found.specifier));
      if (!home || mayImportPackage(file.path, home.homes)) return [];
      return report('package-home', `only ${home.homes.join(', ')} may import ${home.name}`);
    }
    const target = posix.join(posix.dirname(file.path), found.specifier.replace(/\?.*$/, ''));
    const wrongEnding = !/\.(ts|tsx|mjs|json|css|svg|png|webp|sql|md)$/.test(target);
    if (wrongEnding)
      return report('import-ending', `${found.specifier} must name its file with its ending, .ts or .tsx`);
    const reason = whyNot(file.path, target, found.typeOnly);
    return reason ? report('import-rank', reason) : [];
  });
}

function mayImportPackage(path: string, homes: readonly string[]): boolean {
  if (isTest(path) || isIn(path, outside)) return true;
  return homes.some((home) => (home.startsWith('-') ? path.endsWith(home) : path.startsWith(home)));
}

/** @returns why this import is against the house, or undefined. */
function whyNot(from: string, to: string, typeOnly: boolean): string | undefined {
  if (isTest(from) || isIn(from, outside)) return undefined;
  if (doorsToOutside.some((door) => door.from === from && isIn(to, [door.to]))) return undefined;
  if (isIn(to, outside)) return `nothing that is shipped imports ${to.split('/')[0]}/`;
  if (isIn(from, ['web'])) {
    return isIn(to, ['web', 'contract']) ? undefined : `web imports only contract and itself, not ${to}`;
  }
  const [fromHome, toHome] = [homeOf(from), homeOf(to)];
  if (!fromHome) return `${from} has no place in the ranks (scripts/tidy/ranks.ts)`;
  if (!toHome) return `${to} has no place in the ranks (scripts/tidy/ranks.ts)`;
  if (fromHome.home === toHome.home || toHome.level < fromHome.level) return undefined;
  if (typeOnly && typesAgainstRank.some((pair) => pair.from === fromHome.home && pair.to === toHome.home))
    return undefined;
  return `${fromHome.home} (rank ${fromHome.level}) may not import ${toHome.home} (rank ${toHome.level})`;
}

function homeOf(path: string): { home: string; level: number } | undefined {
  for (const [level, homes] of levels.entries()) {
    const home = homes.find((name) => isIn(path, [name]));
    if (home) return { home, level };
  }
  return undefined;
}

const isIn = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
