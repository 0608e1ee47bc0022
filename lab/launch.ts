/** One process of the lab: started, killed, frozen, started again with something changed. It dies with the process that runs the lab. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Supervised, supervise } from '../test/kit/supervised.ts';
import { clockOff } from './fake-clock.ts';
import type { LabMachine, LabProcess, StartAgain } from './lab.ts';
import { labBusy } from './lab-cannot.ts';
import type { ProcessPlace } from './topology.ts';

export interface Recipe {
  place: ProcessPlace;
  folder: string;
  machine: LabMachine;
  /** What runs, each time it is started. */
  command(again: StartAgain): Promise<Launch> | Launch;
  /** Resolves when it serves; called again and again by nobody. */
  ready(process: LabProcess): Promise<void>;
  /** After its end, however it came: what its machine would lose with it. */
  afterwards?(): Promise<void>;
}

export interface Launch {
  command: readonly string[];
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
}

/** `stop` waits for so long before it kills. */
const stopWithinMs = 30_000;

export async function newLabProcess(recipe: Recipe): Promise<LabProcess & { release(): Promise<void> }> {
  const { place, folder, machine } = recipe;
  mkdirSync(folder, { recursive: true });
  const [script, logFile] = [join(folder, 'launch'), join(folder, 'log')];
  const server: Supervised = await supervise(['/bin/sh', script], { dir: folder, log: logFile });
  let paused = false;

  /** keepalived and the server's scripts have children of their own. */
  const family = () => (server.isRunning() ? [server.pid, ...childrenOf(server.pid)] : []);
  const signal = (name: NodeJS.Signals) => {
    for (const pid of family()) signalOne(pid, name);
  };

  async function ended(): Promise<void> {
    await server.ended();
    paused = false;
    await recipe.afterwards?.();
  }

  const self: LabProcess & { release(): Promise<void> } = {
    ...place,
    folder,
    logFile,
    get pid() {
      return server.pid;
    },
    isRunning: () => server.isRunning(),
    isPaused: () => paused && server.isRunning(),
    async start(again = {}) {
      if (server.isRunning()) throw labBusy(`${place.name} runs already`);
      if (server.pid > 0) await ended();
      const launch = await recipe.command(again);
      writeFileSync(script, scriptOf(launch, machine, again));
      await server.start();
      await recipe.ready(self);
    },
    async kill() {
      if (!server.isRunning()) return;
      signal('SIGKILL');
      await ended();
    },
    async stop() {
      if (!server.isRunning()) return;
      if (paused) self.resume();
      server.signal('SIGTERM');
      const late = setTimeout(() => signal('SIGKILL'), stopWithinMs);
      await ended();
      clearTimeout(late);
    },
    pause() {
      if (!server.isRunning()) return;
      signal('SIGSTOP');
      paused = true;
    },
    resume() {
      signal('SIGCONT');
      paused = false;
    },
    async release() {
      if (paused) signal('SIGCONT');
      await server.release();
    },
  };
  return self;
}

function scriptOf({ command, env = {}, cwd }: Launch, machine: LabMachine, again: StartAgain): string {
  const settings = { ...env, ...clockOff(again.clockOffMs ?? 0) };
  const pairs = Object.entries(settings).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const words = machine.on(['/usr/bin/env', ...pairs.map(([name, value]) => `${name}=${value}`), ...command]);
  return `${cwd ? `cd ${quoted(cwd)} && ` : ''}exec ${words.map(quoted).join(' ')}\n`;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter((word) => word !== '')
        .map(Number)
        .flatMap((child) => [child, ...childrenOf(child)]),
    );
  } catch {
    return [];
  }
}

function signalOne(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself a moment ago.
  }
}
