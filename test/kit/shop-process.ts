/** The program itself as a child process on a free port: started, killed, started again, armed to die at a checkpoint. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ShopProcess {
  readonly origin: string;
  readonly pid: number | undefined;
  /** Starts it on its port, with these settings over those it was made with; resolves when it listens. */
  start(env?: Record<string, string>): Promise<void>;
  /** How the process that runs, or ran last, ended. */
  ended(): Promise<Ending>;
  /** The power cord. */
  kill(): Promise<Ending>;
  /** As an orchestrator stops it. */
  stop(): Promise<Ending>;
  /** All that its starts have printed. */
  log(): string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const endWithParent = new URL('./end-with-parent.ts', import.meta.url).href;
const startWithinMs = 60_000;

/** Runs a file of ours as a program that ends when we do. */
export function spawnNode(args: readonly string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', endWithParent, ...args], {
    cwd: root,
    // Compiled code is kept between starts: a third of the time a start takes.
    env: { ...process.env, NODE_COMPILE_CACHE: `${root}node_modules/.cache/cardwell-compiled`, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

export async function newShopProcess(env: Record<string, string>, roles: readonly string[] = []): Promise<ShopProcess> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let ending: Promise<Ending> = Promise.resolve({ code: 0, signal: null });
  let output = '';

  async function start(more: Record<string, string> = {}): Promise<void> {
    const place = { HOST: '127.0.0.1', PORT: String(port), BASE_URL: origin };
    const started = spawnNode(['bin/cardwell.ts', 'serve', ...roles], { ...place, ...env, ...more });
    child = started;
    ending = new Promise((resolve) => started.once('close', (code, signal) => resolve({ code, signal })));
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`the shop did not start: ${why}\n${output}`));
      const timer = setTimeout(() => fail(`nothing within ${startWithinMs} ms`), startWithinMs);
      let seen = '';
      started.stderr?.on('data', (part: Buffer) => {
        output += part;
      });
      started.stdout?.on('data', (part: Buffer) => {
        output += part;
        seen += part;
        if (seen.includes('Cardwell is open')) resolve(clearTimeout(timer));
      });
      void ending.then(({ code, signal }) => {
        clearTimeout(timer);
        fail(`it ended with ${signal ?? code}`);
      });
    });
  }

  async function end(signal: NodeJS.Signals): Promise<Ending> {
    child?.kill(signal);
    return ending;
  }

  return {
    origin,
    get pid() {
      return child?.pid;
    },
    start,
    ended: () => ending,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => output,
  };
}
