import { spreadEvents } from '../../delivery/notices/spread-events.ts';
import type { Scan } from './scan.ts';

export const spreadNoticesScan: Scan = {
  name: 'spread-notices',
  says: 'Makes messages of what has happened, for everybody who wants to be told.',
  everyMs: 2_000,
  runsOn: 'leader',
  async run(deps) {
    const { spread, made } = await spreadEvents(deps);
    return { found: spread, mended: made };
  },
};
