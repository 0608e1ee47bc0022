/** `npm run drill -- NAME ...|all|--list`: breaks the lab under load, judges what buyers saw and what the books say, and writes the report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Drill } from './drills/drill.ts';
import { drillNamed, drills } from './drills/registry.ts';
import { runDrill } from './drills/run-drill.ts';
import { type Lab, startLab } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { drillPage } from './report/drill-page.ts';
import type { DrillRecord } from './report/drill-record.ts';
import { summaryPage } from './report/summary-page.ts';
import { verdictOf } from './report/verdict.ts';
import { writeHistory } from './workload/history.ts';

interface Options {
  list?: boolean;
  rate: number;
  seed?: number;
  seconds?: number;
  out: string;
  loopback?: boolean;
  runs: number;
  keepHistory?: boolean;
  sameLab?: boolean;
}

/** Around the fault: calm before and after, and however long it takes until everything is together again. */
const aroundS = 60;
/** An order has one card or two; some are never paid and keep theirs for a while. */
const cardsPerOrder = 1.2;
/** More take long to import; a lab that has sold most of its cards is replaced by a new one. */
const mostCards = 120_000;

const command = new Command('drill')
  .argument('[name...]', 'drills, or all')
  .option('--list', 'what there is')
  .option('--rate <orders>', 'orders a second', Number, 100)
  .option('--seed <number>', 'the same seed brings the same buyers, and at random the same faults', Number)
  .option('--seconds <number>', 'from the fault to its healing', Number)
  .option('--runs <number>', 'each drill so many times, each with the next seed', Number, 1)
  .option('--out <folder>', 'where the reports go', 'drill-reports')
  .option('--keep-history', 'write every request of the buyers as lines of JSON beside the report')
  .option('--same-lab', 'go on in the same lab after a drill that failed')
  .option('--loopback', 'without root: on loopback addresses; drills that cut lines are left out')
  .action(main);
await command.parseAsync();

async function main(names: string[], options: Options): Promise<void> {
  if (options.list || names.length === 0) {
    for (const { name, rehearses } of drills) process.stdout.write(`${name.padEnd(20)} ${rehearses.en}\n`);
    return;
  }
  const chosen = names.includes('all') ? [...drills] : names.map(drillNamed);
  const able = chosen.filter((drill) => !(options.loopback && drill.namespaces));
  for (const drill of chosen) if (!able.includes(drill)) process.stdout.write(`NOT RUN ${drill.name}: needs root\n`);
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const records: DrillRecord[] = [];
  let lab: Lab | undefined;
  let left = 0;
  const stop = async () => {
    await lab?.stop();
    lab = undefined;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    for (const drill of able) {
      for (let run = 0; run < options.runs; run++) {
        const needed = cardsOf(drill, options);
        if (left < needed) await stop();
        if (!lab) {
          left = Math.max(
            needed,
            Math.min(
              mostCards,
              able.reduce((sum, one) => sum + cardsOf(one, options), 0),
            ),
          );
          lab = await openLab(left, options);
        }
        left -= needed;
        const seed = options.seed === undefined ? 1 + Math.floor(Math.random() * 1_000_000) : options.seed + run;
        const record = await oneDrill(lab, drill, { ...options, seed, out });
        records.push(record);
        // A lab in which something went wrong is looked at, not used for the next drill.
        if (!record.ok && !options.sameLab) await stop();
      }
    }
  } catch (error) {
    if (!(error instanceof LabCannot)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } finally {
    await stop();
  }
  if (records.length > 1) writeFileSync(join(out, 'index.html'), summaryPage(records));
  const failed = records.filter(({ ok }) => !ok);
  if (records.length > 1)
    process.stdout.write(
      `\n${records.length} drills, ${failed.length} failed${failed.length > 0 ? `: ${failed.map(({ drill, seed }) => `${drill} (seed ${seed})`).join(', ')}` : ''}\n${out}/index.html\n`,
    );
  if (failed.length > 0) process.exitCode = 1;
}

function cardsOf(drill: Drill, { rate, seconds }: Options): number {
  const holdS = seconds ?? (drill.holdMs ?? 0) / 1000;
  return Math.ceil((holdS + aroundS) * rate * cardsPerOrder);
}

function openLab(cards: number, { loopback = false }: Options): Promise<Lab> {
  const dir = mkdtempSync(join(tmpdir(), 'cardwell-drill-'));
  rmSync(dir, { recursive: true });
  return startLab({ dir, loopback, cards, onStep: (step) => process.stderr.write(`lab: ${step}\n`) });
}

async function oneDrill(lab: Lab, drill: Drill, options: Options & { seed: number }): Promise<DrillRecord> {
  const { seed, rate, seconds, out, keepHistory } = options;
  process.stderr.write(`\n${drill.name}: ${drill.rehearses.en}\n`);
  const holdMs = seconds === undefined ? {} : { holdMs: seconds * 1000 };
  const flags = `${rate === 100 ? '' : ` --rate ${rate}`}${seconds === undefined ? '' : ` --seconds ${seconds}`}`;
  const { record, history } = await runDrill(lab, drill, {
    seed,
    ordersPerS: rate,
    ...holdMs,
    command: `npm run drill -- ${drill.name} --seed ${seed}${flags}`,
    say: (step) => void process.stderr.write(`  ${step}\n`),
  });
  process.stdout.write(verdictOf(record));
  const file = join(out, `${drill.name}-${seed}`);
  writeFileSync(`${file}.json`, `${JSON.stringify(record)}\n`);
  writeFileSync(`${file}.html`, drillPage(record));
  if (keepHistory || !record.ok) await writeHistory(`${file}.history.jsonl`, history);
  process.stdout.write(`  ${file}.html\n`);
  return record;
}
