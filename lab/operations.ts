/** What can be said to a lab from outside, each with its words. A target is a process (order-b), a machine (db-a) or a zone (zone-c). */
import type { Lab, LabMachine, LabProcess } from './lab.ts';
import { LabCannot } from './lab-cannot.ts';
import { type MachineName, machineNames, type Zone, zones } from './topology.ts';

type Operation = (lab: Lab, words: readonly string[]) => Promise<unknown>;

export const operations = {
  picture: (lab) => lab.picture(),
  topology: async (lab) => ({ ...lab.topology, can: lab.can, goods: lab.goods }),
  environment: async (lab, [zone]) => lab.environment(zoneNamed(zone)),
  /** Answered before the end: the lab's folder goes with it, and whoever asked watches that. */
  down: async (lab) => void setImmediate(() => void lab.stop().then(() => process.exit(0))),
  kill: (lab, names) => each(lab, names, (one) => one.kill()),
  stop: (lab, names) => each(lab, names, (one) => one.stop()),
  pause: (lab, names) => each(lab, names, async (one) => one.pause()),
  resume: (lab, names) => each(lab, names, async (one) => one.resume()),
  async start(lab, names) {
    for (const name of names) {
      const zone = zones.find((one) => name === `zone-${one}`);
      if (zone) await lab.zone(zone).start();
      else await processNamed(lab, name).start();
    }
  },
  partition: (lab, names) =>
    lines(lab, names, { zone: (zone) => lab.zone(zone).partition(), machine: (one) => one.partition() }),
  heal: (lab, names) =>
    lines(lab, names.length > 0 ? names : machineNames, {
      zone: (zone) => lab.zone(zone).heal(),
      machine: (one) => one.heal(),
    }),
  async slow(lab, [name = '', ...settings]) {
    const line = Object.fromEntries(settings.map((one) => [one.split('=')[0], Number(one.split('=')[1])]));
    await machineNamed(lab, name).slow(line);
  },
  'fill-disk': (lab, [zone]) => lab.zone(zoneNamed(zone)).fillDisk(),
  'free-disk': (lab, [zone]) => lab.zone(zoneNamed(zone)).freeDisk(),
  async clock(lab, [name = '', seconds = '0']) {
    const one = processNamed(lab, name);
    await one.stop();
    await one.start({ clockOffMs: Number(seconds) * 1000 });
  },
  'recover-database': (lab) => lab.recoverDatabase(),
  cardwell: (lab, [zone, ...args]) => lab.cardwell(zoneNamed(zone), ...args),
} satisfies Record<string, Operation>;

function zoneNamed(name = ''): Zone {
  const zone = zones.find((one) => name === one || name === `zone-${one}`);
  if (!zone)
    throw new LabCannot(`there is no zone "${name}"; there are ${zones.map((one) => `zone-${one}`).join(', ')}`);
  return zone;
}

function processNamed(lab: Lab, name: string): LabProcess {
  const found = lab.processes.find((one) => one.name === name);
  if (!found)
    throw new LabCannot(`there is no process "${name}"; there are ${lab.processes.map((one) => one.name).join(', ')}`);
  return found;
}

function machineNamed(lab: Lab, name: string): LabMachine {
  if (name === 'street') return lab.street;
  const found = zones.flatMap((zone) => Object.values(lab.zone(zone).machines)).find((one) => one.name === name);
  if (!found) throw new LabCannot(`there is no machine "${name}"; there are ${machineNames.join(', ')}`);
  return found;
}

async function each(lab: Lab, names: readonly string[], work: (one: LabProcess) => Promise<void>): Promise<void> {
  const chosen = names.flatMap((name) => {
    const zone = zones.find((one) => name === `zone-${one}`);
    return zone ? [...lab.zone(zone).processes] : [processNamed(lab, name)];
  });
  await Promise.all(chosen.map(work));
}

async function lines(
  lab: Lab,
  names: readonly string[],
  work: { zone(zone: Zone): Promise<void>; machine(one: LabMachine): Promise<void> },
): Promise<void> {
  for (const name of names) {
    if (name.startsWith('zone-')) await work.zone(zoneNamed(name));
    else await work.machine(machineNamed(lab, name as MachineName));
  }
}
