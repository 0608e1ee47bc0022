/** The process that a lab lives as long as: started by `lab up` in the background, told to end by `lab down`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
/** Its output is nobody's: what it dies of is found in its folder, as long as that is there. */
let logFile: string | undefined;
process.on('uncaughtException', (error) => {
  if (logFile) writeFileSync(logFile, `${error.stack}\n`);
  process.exit(1);
});

try {
  const options = JSON.parse(process.argv[2] ?? '{}') as StartOptions;
  mkdirSync(options.dir, { recursive: true });
  const lab = await startLab({ ...options, onStep: (step) => say({ step }) });
  logFile = join(options.dir, 'keeper.log');
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
