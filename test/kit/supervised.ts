/**
 * Runs a server under a small shell that outlives us by a moment: when our end of its standard input closes, which happens
 * however this process dies, it kills the server and removes the folder. Tests killed in mid-air leave nothing behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Supervised {
  readonly pid: number;
  start(): Promise<void>;
  /** Resolves when the started process is gone. */
  ended(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  isRunning(): boolean;
  lastLines(): string;
  /** Ends the supervisor, and with it the process and the folder. */
  release(): Promise<void>;
}

const script = `
dir=$1 log=$2; shift 2
pid=
while read -r word; do
  case $word in
    start) "$@" </dev/null >>"$log" 2>&1 & pid=$!; echo "$pid" ;;
    ended) wait "$pid" 2>/dev/null; echo ended ;;
  esac
done
[ -z "$pid" ] || { kill -9 "$pid"; wait "$pid"; } 2>/dev/null
rm -rf "$dir"
`;

export async function supervise(command: string[], { dir, log }: { dir: string; log: string }): Promise<Supervised> {
  // Its own session: Ctrl-C at the terminal must not end the supervisor before its work.
  const shell = spawn('/bin/sh', ['-c', script, 'sh', dir, log, ...command], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  unref(shell);
  let pid = 0;
  let running = false;
  let ending: Promise<void> | undefined;

  async function ask(word: 'start' | 'ended'): Promise<string> {
    shell.ref();
    shell.stdin.write(`${word}\n`);
    const { value, done } = await lines.next();
    shell.unref();
    if (done) throw new Error(`the supervisor of ${command[0]} is gone`);
    return value;
  }

  return {
    get pid() {
      return pid;
    },
    async start() {
      pid = Number(await ask('start'));
      running = true;
      ending = undefined;
    },
    ended() {
      ending ??= ask('ended').then(() => {
        running = false;
      });
      return ending;
    },
    signal: (name) => {
      if (!running) return;
      process.kill(pid, name);
      if (name === 'SIGSTOP') waitUntilStopped(pid);
    },
    isRunning: () => running && isAlive(pid),
    lastLines: () => readFileSync(log, 'utf8').split('\n').slice(-20).join('\n'),
    release: () =>
      new Promise((resolve) => {
        shell.ref();
        shell.once('exit', () => resolve());
        shell.stdin.end();
      }),
  };
}

/** The test process may end without stopping the server; the pipe then closes and the supervisor cleans up. */
function unref(shell: ChildProcess): void {
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout]) if (stream && 'unref' in stream) (stream.unref as () => void)();
}

/**
 * The signal stops one thread after the other, and a server's thread on another core still answers for a moment. Whoever
 * pauses a server means all of it, so the caller waits (without giving up its turn) until the kernel says so of each thread.
 */
function waitUntilStopped(pid: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let left = 5_000; left > 0; left -= 1) {
    if (!threadStates(pid).some((state) => state === 'R' || state === 'S' || state === 'D')) return;
    Atomics.wait(pause, 0, 0, 1);
  }
  throw new Error(`process ${pid} did not stop`);
}

function threadStates(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(
      (thread) => /^State:\s*(\S)/m.exec(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))?.[1] ?? 'gone',
    );
  } catch {
    return []; // it ended meanwhile, or this system tells nothing
  }
}

/** A process that ended and was not yet waited for still takes signals, so its state is read from the kernel. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
