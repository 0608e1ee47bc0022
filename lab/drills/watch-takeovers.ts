/** Writes down who leads: the writer, the worker with the lease, the holder of the virtual IP. */
import type { Lab } from '../lab.ts';
import type { Mark } from '../report/drill-record.ts';

/** Asking costs a few processes each time, on the machine that is measured. */
const everyMs = 400;
const wallMs = () => performance.timeOrigin + performance.now();

export function watchTakeovers(lab: Lab, marks: Mark[]): () => Promise<void> {
  let over = false;
  const questions = [
    { name: 'writer', ask: () => lab.writer() },
    { name: 'leading worker', ask: () => lab.leader() },
    ...(lab.topology.namespaces ? [{ name: 'virtual IP', ask: () => onlyOne(lab.vipHolders()) }] : []),
  ];
  const watching = questions.map(async ({ name, ask }) => {
    let known: string | undefined;
    while (!over) {
      const now = await ask().catch(() => undefined);
      if (now !== undefined && known !== undefined && now !== known)
        marks.push({ kind: 'took-over', atMs: wallMs(), says: `${name}: ${known} → ${now}` });
      known = now ?? known;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  });
  return async () => {
    over = true;
    await Promise.all(watching);
  };
}

/** While it moves nobody has it, or two for a moment. */
async function onlyOne<T>(asked: Promise<readonly T[]>): Promise<T | undefined> {
  const found = await asked;
  return found.length === 1 ? found[0] : undefined;
}
