/** Redraws the picture every second, in place, until Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';
import { drawPicture } from './draw.ts';
import type { LabPicture } from './picture.ts';

const everyMs = 1000;
const home = '\u001b[H\u001b[J';

export async function watch(ask: () => Promise<LabPicture>): Promise<void> {
  for (;;) {
    const picture = await ask();
    process.stdout.write(`${home}${drawPicture(picture, true)}\n`);
    await sleep(everyMs);
  }
}
