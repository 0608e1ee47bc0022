/** One drill from its first buyer to its verdict: calm, the fault, the healing, calm; then everybody finishes, and the books are read. */
import { cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../gateways/serve-gateway.ts';
import { judgeEvidence } from '../auditor/judge-evidence.ts';
import type { Lab } from '../lab.ts';
import type { AuditFinding, DrillRecord, Mark } from '../report/drill-record.ts';
import { judge, measure } from '../report/measure.ts';
import { channelCode } from '../topology.ts';
import { isFailure } from '../workload/history.ts';
import { type Goods, startWorkload, type Workload } from '../workload/run-workload.ts';
import { sandboxTill, simulatorTill } from '../workload/tills.ts';
import type { Drill, Scene } from './drill.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { payingNetwork } from './ill-channel.ts';
import { watchTakeovers } from './watch-takeovers.ts';

export interface RunOptions {
  seed: number;
  ordersPerS: number;
  /** Instead of the drill's own time between fault and healing. */
  holdMs?: number;
  /** Before what is measured, and before and after the fault; the usual ones are long enough to see what calm looks like. */
  warmMs?: number;
  calmMs?: number;
  command: string;
  /** Each step as it begins, for who waits. */
  say?: (step: string) => void;
}

export interface DrillRun {
  record: DrillRecord;
  history: Workload['history'];
}

const usualWarmMs = 3000;
const usualCalmMs = 4000;
const usualHoldMs = 5000;
/** What is settled a little later than the last buyer leaves: scans, messages, a node that catches up. */
const settleWithinMs = 90_000;
const askAgainMs = 1500;
/** Of ten payments one goes to the simulated network, nine to the sandbox, whose network is this program. */
const sandboxTills = 9;
const wallMs = () => performance.timeOrigin + performance.now();

let runs = 0;

export async function runDrill(lab: Lab, drill: Drill, options: RunOptions): Promise<DrillRun> {
  const { seed, ordersPerS, warmMs = usualWarmMs, calmMs = usualCalmMs, say = () => {} } = options;
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const startedAt = new Date().toISOString();
  const secret = lab.environment('a').CARDWELL_SANDBOX_SECRET ?? '';
  const marks: Mark[] = [];
  const troubles: string[] = [];
  const mark = (kind: Mark['kind']) => (says: string) => {
    marks.push({ kind, atMs: wallMs(), says });
    say(`${kind}: ${says}`);
  };
  const workload = startWorkload({
    origin: lab.topology.shopUrl,
    seed,
    name: `lab-${seed}-${Date.now().toString(36)}${++runs}`,
    ordersPerS,
    goods: await goodsOf(lab),
    tills: (door) => [
      ...Array.from({ length: sandboxTills }, () => sandboxTill(door, secret)),
      ...(lab.topology.simulatorUrls[payingNetwork]
        ? [simulatorTill(channelCode(payingNetwork), lab.topology.simulatorUrls[payingNetwork])]
        : []),
    ],
  });
  const stopWatching = watchTakeovers(lab, marks);
  const holdMs = options.holdMs ?? drill.holdMs ?? usualHoldMs;
  const scene: Scene = {
    lab,
    seed,
    random: seededRandom(seed),
    history: workload.history,
    holdMs,
    fault: mark('fault'),
    healed: mark('heal'),
    note: mark('note'),
    trouble: (says) => void troubles.push(says),
    sleep: (ms) => sleep(ms),
  };
  let startedMs = 0;
  let endedMs = 0;
  try {
    say(`${ordersPerS} orders a second, seed ${seed}`);
    await sleep(warmMs);
    startedMs = wallMs();
    await sleep(calmMs);
    try {
      const heal = await drill.fault(scene);
      await sleep(drill.takesItsTime ? 0 : holdMs);
      await heal();
      await lab.whole();
    } catch (error) {
      troubles.push(`the drill itself failed: ${(error as Error).stack}`);
    }
    await sleep(calmMs);
    endedMs = wallMs();
  } finally {
    say('no more buyers; those inside finish');
    await workload.stop();
    await stopWatching();
  }
  say('everything together again; those who were left come back');
  await lab.whole().catch((error) => troubles.push(`not whole again: ${(error as Error).message}`));
  const left = await workload.finish();
  const lostByRestore = drill.lostByRestore?.(scene);
  const behind = left.filter((one) => ![...(lostByRestore ?? [])].some((id) => one.includes(id)));
  troubles.push(...behind.slice(0, 5));
  say('the audit');
  const audit = await settledAudit({ lab, history: workload.history, secret, lostByRestore, say });
  audit.push(...((await drill.afterwards?.(scene)) ?? []));
  workload.close();

  marks.sort((a, b) => a.atMs - b.atMs);
  const faultMs = marks.find(({ kind }) => kind === 'fault')?.atMs;
  const measures = measure(workload.history.requests, { startedMs, endedMs, faultMs });
  const early = workload.history.requests.filter((one) => isFailure(one) && one.endMs < startedMs).length;
  if (early > 0) troubles.push(`${early} requests failed while the shop warmed up`);
  const judged = judge(measures, behind.length, drill.limits);
  const ok = judged.every((one) => one.ok) && audit.every((one) => one.ok) && troubles.length === 0;
  const [cpu] = cpus();
  const record: DrillRecord = {
    drill: drill.name,
    title: drill.title,
    rehearses: drill.rehearses,
    rows: drill.rows,
    ok,
    seed,
    ordersPerS,
    machine: {
      cores: cpus().length,
      model: cpu?.model.trim() ?? '',
      memoryMb: Math.round(totalmem() / 2 ** 20),
      load,
    },
    topology: lab.topology.namespaces
      ? { zh: '三个可用区（网络命名空间）', en: 'three zones in network namespaces' }
      : { zh: '三个可用区（回环地址）', en: 'three zones on loopback addresses' },
    command: options.command,
    startedAt,
    seconds: Math.round((endedMs - startedMs) / 1000),
    marks,
    measures,
    judged,
    audit,
    leftBehind: behind.length,
    troubles,
  };
  return { record, history: workload.history };
}

/** Reads the books until they agree, or until it is clear that they never will. */
async function settledAudit(options: {
  lab: Lab;
  history: Workload['history'];
  secret: string;
  lostByRestore: ReadonlySet<string> | undefined;
  say: (step: string) => void;
}): Promise<AuditFinding[]> {
  const { lab, history, secret, lostByRestore, say } = options;
  const untilMs = performance.now() + settleWithinMs;
  for (;;) {
    const findings = await gatherEvidence({
      lab,
      history,
      sandboxSecret: secret,
      ...(lostByRestore && { lostByRestore }),
    }).then(judgeEvidence, unreadable);
    const broken = findings.filter(({ ok }) => !ok);
    if (broken.length === 0 || performance.now() > untilMs) return findings;
    say(`not settled yet: ${broken.map(({ id, found, sample }) => `${id} ${found} (${sample[0]})`).join(', ')}`);
    await sleep(askAgainMs);
  }
}

/** A node that is not back yet answers no auditor. Books that nobody can read in the end prove nothing. */
const unreadable = (error: Error): AuditFinding[] => [
  { id: 'books', says: 'The books can be read.', ok: false, found: 1, sample: [error.message] },
];

async function goodsOf(lab: Lab): Promise<Goods[]> {
  const reply = await fetch(`${lab.topology.shopUrl}/api/v1/products?pageSize=50`);
  const { products } = (await reply.json()) as {
    products: { slug: string; skus: { id: number; stock: number | null }[] }[];
  };
  const goods = products.flatMap(({ slug, skus }) =>
    skus.filter(({ id }) => lab.goods.skuIds.includes(id)).map(({ id }) => ({ skuId: id, slug })),
  );
  if (goods.length === 0) throw new Error('the lab sells nothing');
  return goods;
}
