/** The process that a lab lives as long as: started by `lab up` in the background, told to end by `lab down`. */
import { mkdirSync } from 'node:fs';
import { listen } from './control.ts';
import { type StartOptions, startLab } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';

export type KeeperWord = { step: string } | { up: true } | { failed: string; plain: boolean };

const say = (word: KeeperWord) => process.send?.(word);

/** Whoever waits for the start may be killed; a lab that nobody knows of must not stay. */
let started = false;
process.on('disconnect', () => {
  if (!started) process.exit(1);
});
process.on('SIGINT', () => process.exit(1));

try {
  const options = JSON.parse(process.argv[2] ?? '{}') as StartOptions;
  mkdirSync(options.dir, { recursive: true });
  const lab = await startLab({ ...options, onStep: (step) => say({ step }) });
  await listen(lab);
  started = true;
  say({ up: true });
  process.disconnect?.();
  const end = () => void lab.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
} catch (error) {
  const plain = error instanceof LabCannot;
  say({ failed: plain ? error.message : String((error as Error).stack), plain });
  process.exitCode = 1;
  process.disconnect?.();
}
