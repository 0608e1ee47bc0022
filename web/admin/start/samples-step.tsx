import type { FirstRun } from '../../../contract/appearance.ts';
import { RemoveSamples } from '../settings/remove-samples.tsx';
import { stateOf } from './start-api.ts';
import { useStartTexts } from './start-texts.ts';

export function SamplesStep({ run }: { run: FirstRun }) {
  const t = useStartTexts();
  const isDone = stateOf(run, 'samples') === 'done';
  return (
    <section className="cw-stack">
      <p className="cw-soft">{t(isDone ? 'samples.none' : 'samples.says')}</p>
      <RemoveSamples />
    </section>
  );
}
