import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { defaultSeparator } from '../../server/card/card-lines.ts';
import { type ImportOutcome, importCards } from '../../server/card/import-cards.ts';
import { progressBar } from '../progress-bar.ts';
import { type CardTools, exitCodes, openCardTools, withCardTools } from './card-tools.ts';
import { importSummary, refusal } from './import-summary.ts';

interface Options {
  sku: string;
  separator: string;
  json?: boolean;
}

export function importCommand(open: () => Promise<CardTools> = openCardTools): Command {
  return new Command('import')
    .description('import cards from a file: one a line, "secret" or "number----secret"')
    .argument('<file>', 'a text file in UTF-8, or - for standard input')
    .requiredOption('--sku <id>', 'the variant the cards are for')
    .option(
      '--separator <text>',
      'what stands between number and secret; "" if lines are secrets only',
      defaultSeparator,
    )
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Blank lines do not count. A card that the shop knows already is skipped, so after a stop the same file is simply
imported again. Exit codes: 0 every line is in, 1 the import broke off, 2 it could not begin, 3 some lines were rejected.`,
    )
    .action(async (file: string, options: Options) => {
      process.exitCode = await runImport(open, file, options);
    });
}

async function runImport(open: () => Promise<CardTools>, file: string, options: Options): Promise<number> {
  const skuId = Number(options.sku);
  if (!Number.isSafeInteger(skuId) || skuId < 1) return fail('--sku must be the number of a variant');
  const source = await openSource(file);
  if (typeof source === 'string') return fail(source);
  try {
    return await withCardTools(open, (tools) => importFrom(tools, source, skuId, options));
  } finally {
    source.stream.destroy();
  }
}

async function importFrom(tools: CardTools, source: Source, skuId: number, options: Options): Promise<number> {
  const bar = progressBar();
  // The chunk under way is finished; what comes behind it is for the next import of the same file.
  const stop = () => source.stream.destroy(new Error('stopped'));
  process.once('SIGINT', stop);
  try {
    const startedMs = tools.clock.monotonicMs();
    const outcome = await importCards(tools, {
      skuId,
      source: source.stream,
      sourceName: source.name,
      actor: 'cli',
      separator: options.separator,
      totalBytes: source.bytes,
      onProgress: ({ bytes, totalBytes, imported, lines }) =>
        bar.update(bytes, totalBytes, `${imported} imported of ${lines} lines`),
    });
    bar.end();
    return tell(outcome, options, tools.clock.monotonicMs() - startedMs);
  } finally {
    bar.end();
    process.off('SIGINT', stop);
  }
}

function tell(outcome: ImportOutcome, { sku, json }: Options, tookMs: number): number {
  if (outcome.kind !== 'imported' && outcome.kind !== 'interrupted') return fail(refusal(outcome, sku));
  const { kind, report } = outcome;
  process.stdout.write(json ? `${JSON.stringify({ kind, ...report })}\n` : importSummary(report, tookMs));
  if (outcome.kind === 'interrupted') {
    const why = outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
    process.stderr.write(`cardwell: the file could not be read to its end (${why}); import it again\n`);
    return exitCodes.failed;
  }
  return report.rejected.count > 0 ? exitCodes.incomplete : exitCodes.done;
}

interface Source {
  stream: Readable;
  name: string;
  bytes?: number | undefined;
}

/** A sentence when there is nothing to read. */
async function openSource(file: string): Promise<Source | string> {
  if (file === '-') return { stream: process.stdin, name: 'standard input' };
  try {
    const found = await stat(file);
    if (found.isDirectory()) return `${file} is a folder`;
    // A pipe has no size.
    const bytes = found.isFile() ? found.size : undefined;
    return { stream: createReadStream(file), name: basename(file), bytes };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${code})`;
  }
}

function fail(message: string): number {
  process.stderr.write(`cardwell: ${message}\n`);
  return exitCodes.usage;
}
