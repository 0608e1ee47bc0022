import { removeUnusedPictures } from '../../catalog/remove-unused-pictures.ts';
import type { Scan } from './scan.ts';

export const unusedPicturesScan: Scan = {
  name: 'unused-pictures',
  says: 'Deletes uploaded pictures that nothing has shown for a day.',
  everyMs: 3_600_000,
  runsOn: 'leader',
  async run(deps) {
    const gone = await removeUnusedPictures(deps);
    return { found: gone, mended: gone };
  },
};
