/** Rules about what a file says: words, globals and syntax that have one place or none. */
import { type Finding, findAll, isRule, isScript, isTest, type SourceFile } from './source.ts';

interface TextRule {
  rule: string;
  pattern: RegExp;
  /** Which view is searched: the whole text, or only what the program does. */
  view: 'text' | 'bare';
  applies: (path: string) => boolean;
  message: string;
}

const isShipped = (path: string): boolean =>
  /^(server|contract|bin|web)\//.test(path) && isScript(path) && !isTest(path);
const isTypeScript = (path: string): boolean => /\.tsx?$/.test(path);
/** Text written by others or made by a tool. */
const isForeign = (path: string): boolean => /(^|\/)(package-lock\.json|LICENSE)$/.test(path);

const readsEnvironment = /^(server\/config\.ts|bin\/cardwell\.ts|bin\/launch[\w-]*\.mjs|web\/[\w-]+\.config\.ts)$/;

export const textRuleList: readonly TextRule[] = [
  {
    rule: 'environment',
    pattern: /\bprocess\.env\b|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/g,
    view: 'bare',
    applies: (path) => isShipped(path) && !readsEnvironment.test(path),
    message: 'only server/config.ts reads process.env; take the value as an argument',
  },
  {
    rule: 'clock',
    pattern:
      /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?![\w(])|(?<!new )\bDate\(|\bperformance\.now\b|\bprocess\.hrtime\b/g,
    view: 'bare',
    applies: (path) =>
      path.startsWith('server/') && isScript(path) && !isTest(path) && path !== 'server/platform/clock.ts',
    message: 'only server/platform/clock.ts reads the time; take a Clock',
  },
  {
    rule: 'default-export',
    pattern: /^\s*export\s+default\b|\bas\s+default\b/gm,
    view: 'bare',
    applies: (path) => /^(server|contract)\//.test(path),
    message: 'export it by name',
  },
  {
    rule: 'erasable-syntax',
    pattern:
      /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w+\s*\{|^\s*(?:export\s+)?(?:declare\s+)?namespace\s+\w|\bconstructor\s*\((?:[^)]*,)?\s*(?:private|public|protected|readonly)\s+\w|^\s*@[A-Za-z]\w*(?:\(|\s*$)/gm,
    view: 'bare',
    applies: isTypeScript,
    message: 'no enum, namespace, parameter property or decorator: Node runs the source by erasing types',
  },
  {
    rule: 'unfinished',
    pattern: /\b(?:TODO|FIXME)\b/g,
    view: 'text',
    applies: (path) => !isForeign(path) && !isRule(path),
    message: 'finish it or leave it out',
  },
  {
    rule: 'skipped-test',
    pattern: /\b(?:test|it|describe|suite|t|context)\.(?:only|skip|todo)\b|\{\s*(?:only|skip|todo)\s*:/g,
    view: 'bare',
    applies: (path) => isTest(path) && isScript(path),
    message: 'every test runs',
  },
  {
    rule: 'machine-path',
    pattern: /(?<![\w./}~-])\/(?:work|home|root|Users)\/\w/g,
    view: 'text',
    applies: (path) => !isForeign(path) && !isRule(path),
    message: 'a path of one machine',
  },
  {
    rule: 'lock-address',
    pattern: /"resolved":\s*"https?:/g,
    view: 'text',
    applies: (path) => path === 'package-lock.json',
    message: 'the lock file names packages, not the host they came from (omit-lockfile-registry-resolved)',
  },
];

export function textRules(file: SourceFile): Finding[] {
  return textRuleList
    .filter(({ applies }) => applies(file.path))
    .flatMap(({ rule, pattern, view, message }) => findAll(file, file[view], pattern, rule, message));
}
