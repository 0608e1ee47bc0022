import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Overloaded } from './errors.ts';
import { createWaitingRoom } from './waiting-room.ts';

function absentWriter() {
  let wake = () => {};
  let away = true;
  const asked: number[] = [];
  return {
    asked,
    comes() {
      away = false;
      wake();
    },
    presence: {
      awayMs: () => (away ? 5 : 0),
      untilThere: (ms: number) => {
        asked.push(ms);
        return new Promise<void>((resolve) => {
          wake = resolve;
        });
      },
      suspect: () => {},
    },
  };
}

test('a call waits until there is a writer, for as long as it has left', async () => {
  const writer = absentWriter();
  const room = createWaitingRoom(writer.presence);
  const waits = room.wait('test', 1, 500);
  assert.equal(room.waiting(), 1);
  while (writer.asked.length === 0) await new Promise(setImmediate);
  writer.comes();
  await waits;
  assert.deepEqual([room.waiting(), writer.asked], [0, [499]]);
});

test('with a writer there it only pauses', async () => {
  const writer = absentWriter();
  writer.comes();
  await createWaitingRoom(writer.presence).wait('test', 1, 500);
  assert.deepEqual(writer.asked, []);
});

test('past its limit it sends callers away at once', async () => {
  const writer = absentWriter();
  const room = createWaitingRoom(writer.presence, 2);
  const two = [room.wait('test', 1, 500), room.wait('test', 1, 500)];
  await assert.rejects(room.wait('test', 1, 500), Overloaded);
  while (writer.asked.length < 2) {
    await new Promise(setImmediate);
  }
  writer.comes();
  await Promise.race(two);
});
