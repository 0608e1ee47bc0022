/**
 * docs/drills.md from the records of real runs: `node lab/report/drills-document.ts <folder of reports>`. Every figure in it
 * comes from there; what was not run is said not to have been.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Drill } from '../drills/drill.ts';
import { drills } from '../drills/registry.ts';
import type { DrillRecord, Limits } from './drill-record.ts';
import { duration, limitNames, limitValue, percent, thousands } from './words.ts';

const target = fileURLToPath(new URL('../../docs/drills.md', import.meta.url));

export function readRecords(folder: string): DrillRecord[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as DrillRecord)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

export function drillsDocument(records: readonly DrillRecord[]): string {
  const ofDrill = (drill: Drill) => records.filter((one) => one.drill === drill.name);
  const random = records.filter((one) => one.drill === 'random');
  const rows = drills.filter(({ name }) => name !== 'random').map((drill) => rowOf(drill, ofDrill(drill)));
  return `# Drills

\`npm run drill -- NAME\` starts the [lab](lab.md), lets buyers in, breaks something, mends it, lets the buyers finish, and then
holds everything that was promised against every book there is. It needs root, for the network of the lab; with
\`--loopback\` it runs without, and leaves out what cuts lines.

\`\`\`
npm run drill -- --list
npm run drill -- kill-writer
npm run drill -- all --rate 100 --out drill-reports
npm run drill -- random --seconds 180 --runs 10 --seed 1
\`\`\`

The command ends with 1 when anything was breached. Of each drill it writes the verdict to the terminal, and a JSON record
and one HTML page to the folder; the page needs nothing but itself, in Chinese and English. \`index.html\` has all of them.

## Who buys

Buyers arrive by chance, so many a second on average, whatever the shop does meanwhile: nobody waits outside because it is
slow. They look, order, pay at the sandbox or at a simulated network, read their cards, cancel, come back late, send things
twice, find their order again by contact and password. The same \`--seed\` makes the same buyers. A request without an answer,
or with an error, is counted as failed even though the buyer's page would send it again; then it is sent again, with the same
Idempotency-Key.

## What is asked afterwards

When all has healed: every order that was answered with success is there and was placed once; no card was shown or issued
twice, by the buyers, the database and the issue journals; what the networks took is what the shop has, to the cent; what was
paid is delivered, refunded or on somebody's desk; stock adds up; callbacks sent again change nothing; every database node
holds the same rows; nothing due waits; \`cardwell audit\` holds. [The checks](../lab/auditor/checks.ts) are tried themselves:
[one fault of each kind](../lab/auditor/plant-faults.ts) is planted into true evidence, and each must be found.

## Figures

${aboutRuns(records)}

A *gap* is the longest time between two orders answered with success, from the fault on. *Well after* is the time from the
fault to the last tenth of a second in which a request failed or half of them took longer than a second.

| drill | what it rehearses | failed | gap | well after | good answers | audit | promised |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

## Faults at random

${randomPart(random)}
## Each month, each release

S28 asks for three of them each month: \`kill-order\`, \`kill-writer\`, \`partition-writer\`; \`npm test\` has them in a short form.
A release runs \`all\`. An incident becomes a drill: a file in [lab/drills](../lab/drills), one line in
[the registry](../lab/drills/registry.ts).
`;
}

function aboutRuns(records: readonly DrillRecord[]): string {
  const last = records.at(-1);
  if (!last) return 'No drill has been run yet.';
  const { cores, model, memoryMb } = last.machine;
  const orders = records.reduce((sum, { measures }) => sum + measures.orders, 0);
  const rates = [...new Set(records.map(({ ordersPerS }) => ordersPerS))].sort((a, b) => a - b);
  const busy = Math.max(...records.map(({ machine }) => machine.load));
  return `From ${records.length} runs with ${thousands(orders)} orders, the last one on ${last.startedAt.slice(0, 10)}: ${cores} cores (${model}),
${Math.round(memoryMb / 1024)} GB, the whole lab, its buyers and the auditor on the same machine, ${rates.join(' and ')} orders a second. The machine's load at the
start of a run was ${busy} at most.`;
}

const names: Readonly<Record<keyof Limits, string>> = {
  failedRequests: 'failed ≤',
  longestGapMs: 'gap ≤',
  recoveredAfterMs: 'well ≤',
  leftBehind: '',
};

function rowOf({ name, rehearses, limits }: Drill, runs: readonly DrillRecord[]): string {
  const promised = (Object.keys(limits) as (keyof Limits)[])
    .filter((limit) => limit !== 'leftBehind')
    .map((limit) => `${names[limit]} ${limitValue(limit, limits[limit] ?? 0)}`)
    .join(', ');
  const run = runs.at(-1);
  if (!run) return `| \`${name}\` | ${rehearses.en} | not run | | | | | ${promised} |`;
  const { measures: m, audit, judged, ok } = run;
  const broken = audit.filter((one) => !one.ok).length;
  const breached = judged.filter((one) => !one.ok).map(({ limit }) => limitNames[limit].en.toLowerCase());
  const verdict = ok
    ? promised || 'nothing lost'
    : `${promised}; **breached: ${[...breached, ...(broken > 0 ? ['audit'] : [])].join(', ') || 'see the report'}**`;
  return `| \`${name}\` | ${rehearses.en} | ${thousands(m.failed)} | ${duration(m.longestGapMs)} | ${duration(m.recoveredAfterMs)} | ${percent(m.availability)} | ${broken === 0 ? 'holds' : `${broken} broken`} | ${verdict} |`;
}

function randomPart(runs: readonly DrillRecord[]): string {
  if (runs.length === 0) return 'Not run yet.\n';
  const rows = runs.map(({ seed, seconds, marks, measures: m, audit, ok }) => {
    const faults = marks.filter(({ kind }) => kind === 'fault').length;
    const broken = audit.filter((one) => !one.ok).length;
    return `| ${seed} | ${seconds} s | ${faults} | ${thousands(m.orders)} | ${thousands(m.failed)} | ${percent(m.availability)} | ${duration(m.longestGapMs)} | ${broken === 0 ? 'holds' : `${broken} broken`} | ${ok ? 'passed' : 'failed'} |`;
  });
  return `| seed | time | faults | orders | failed requests | good answers | longest gap | audit | verdict |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

if (import.meta.main) writeFileSync(target, drillsDocument(readRecords(resolve(process.argv[2] ?? 'drill-reports'))));
