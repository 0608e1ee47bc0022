/** Loaded into child processes of tests (--import): when the test process is gone, however it ended, the child goes too. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL'));
  process.stdin.resume();
  (process.stdin as unknown as { unref?(): void }).unref?.();
}
