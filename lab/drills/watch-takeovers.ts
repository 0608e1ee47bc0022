/** Writes down who leads: the writer, the worker with the lease, the holder of the virtual IP. */
import type { Lab } from '../lab.ts';
import type { Mark } from '../report/drill-record.ts';

const everyMs = 200;
const wallMs = () => performance.timeOrigin + performance.now();

export function watchTakeovers(lab: Lab, marks: Mark[]): () => Promise<void> {
  let over = false;
  const questions = [
    { name: 'writer', ask: () => lab.writer() },
    { name: 'leading worker', ask: () => lab.leader() },
    ...(lab.topology.namespaces
      ? [
          {
            name: 'virtual IP',
            ask: async () => ((await lab.vipHolders()).length === 1 ? (await lab.vipHolders())[0] : undefined),
          },
        ]
      : []),
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
