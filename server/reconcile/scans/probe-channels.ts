import { probeChannels } from '../../payment/probe-channels.ts';
import type { Scan } from './scan.ts';

export const probeChannelsScan: Scan = {
  name: 'probe-channels',
  says: 'Asks payment channels that blocked themselves whether they are well again, and opens those that are.',
  everyMs: 5_000,
  runsOn: 'leader',
  run: (deps) => probeChannels(deps),
};
