/** node's own spec report, with the slowest files listed before its closing lines. */
import { basename, relative } from 'node:path';
import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

interface TestEvent {
  type: string;
  data: { name?: string; file?: string; message?: string; details?: { duration_ms?: number } };
}

const listed = 10;

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  yield* Readable.from(withSlowest(source)).compose(new spec()) as AsyncIterable<string>;
}

async function* withSlowest(source: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  const durations = new Map<string, number>();
  for await (const event of source) {
    const { name, file, message, details } = event.data;
    if (event.type === 'test:complete' && file && name && isWholeFile(name, file)) {
      durations.set(file, details?.duration_ms ?? 0);
    }
    if (event.type === 'test:diagnostic' && /^tests \d+$/.test(message ?? '')) {
      yield { type: 'test:stdout', data: { message: slowest(durations) } };
    }
    yield event;
  }
}

/** Beside its tests the runner reports each file, under its path, as a test of its own. */
const isWholeFile = (name: string, file: string): boolean => basename(name) === basename(file);

export function slowest(durations: Map<string, number>): string {
  const sorted = [...durations].sort(([, a], [, b]) => b - a).slice(0, listed);
  const lines = sorted.map(([file, ms]) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${relative('.', file)}\n`);
  return `\nslowest test files\n${lines.join('')}\n`;
}
