import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseWriter, type HostView, isOutdated, newestClaim } from './choose-writer.ts';
import type { HostReport, WriterClaim } from './host-report.ts';

const report = (more: Partial<HostReport> = {}): HostReport => ({
  galera: true,
  writable: 'yes',
  readable: true,
  says: 'Synced',
  remembers: true,
  claim: undefined,
  beat: undefined,
  ...more,
});
const up = (name: string, more: Partial<HostReport> = {}): HostView => ({
  name,
  electable: true,
  health: 'up',
  report: report(more),
  says: '',
});
const gone = (name: string): HostView => ({ name, electable: true, health: 'down', report: undefined, says: 'down' });
const unasked = (name: string): HostView => ({ ...gone(name), health: 'unknown' });
const claim = (holder: string, epoch: number): WriterClaim => ({ holder, epoch });
/** With the newest claim among them, as the router asks. */
const choose = (hosts: HostView[], current?: string) => chooseWriter(hosts, newestClaim(hosts, undefined), current);

test('one host is written as soon as it answers, whatever it says', () => {
  assert.equal(choose([unasked('a')]).kind, 'none');
  assert.deepEqual(choose([up('a', { writable: 'no' })]), { kind: 'use', host: 'a' });
  assert.equal(choose([gone('a')]).kind, 'none');
});

test('the first healthy host claims what nobody has claimed, but only when all have been heard or given up', () => {
  assert.equal(choose([unasked('a'), up('b')]).kind, 'none');
  assert.equal(choose([up('a'), unasked('b')]).kind, 'none');
  assert.deepEqual(choose([gone('a'), up('b'), up('c')]), { kind: 'claim', host: 'b', over: undefined });
  // Before the first migration there is nothing to claim in, and afterwards the claim goes to whoever is written already.
  assert.deepEqual(choose([up('a', { remembers: false }), gone('b')]), { kind: 'use', host: 'a' });
  assert.deepEqual(choose([up('a'), up('b')], 'b'), { kind: 'claim', host: 'b', over: undefined });
});

test('the claim is followed while its host is healthy, and nobody falls back to the head of the list', () => {
  const held = { claim: claim('b', 4) };
  assert.deepEqual(choose([up('a', held), up('b', held), up('c', held)]), { kind: 'use', host: 'b' });
  assert.deepEqual(choose([unasked('a'), up('b', held)]), { kind: 'use', host: 'b' });
});

test('when its host is gone, unready or read-only the next healthy one takes over', () => {
  const held = { claim: claim('a', 4) };
  const over = claim('a', 4);
  for (const a of [gone('a'), up('a', { ...held, writable: 'no' })]) {
    assert.deepEqual(choose([a, up('b', { ...held, writable: 'no' }), up('c', held)]), {
      kind: 'claim',
      host: 'c',
      over,
    });
  }
  assert.equal(choose([gone('a'), gone('b'), up('c', { ...held, writable: 'no' })]).kind, 'none');
});

test('a node that feeds another is written only when there is nothing better', () => {
  const held = { claim: claim('a', 1) };
  const donor = up('a', { ...held, writable: 'poor' });
  assert.deepEqual(choose([donor, gone('b')]), { kind: 'use', host: 'a' });
  assert.deepEqual(choose([donor, up('b', held)]), { kind: 'claim', host: 'b', over: claim('a', 1) });
});

test('outside a cluster, an old primary that comes back with an older claim is left alone', () => {
  const replica = { galera: false, claim: claim('b', 5) };
  const old = { galera: false, claim: claim('a', 4) };
  assert.deepEqual(choose([up('a', old), up('b', replica)]), { kind: 'use', host: 'b' });
  assert.equal(choose([up('a', old), up('b', { ...replica, writable: 'no' })]).kind, 'none');
  // Even when the newer one cannot be reached: what it acknowledged is not on the old one.
  const remembered = chooseWriter([up('a', old), gone('b')], claim('b', 5));
  assert.equal(remembered.kind, 'none');
  assert.ok(isOutdated(report(old), claim('b', 5)));
  // An empty server that slipped into the list has missed everything.
  assert.equal(chooseWriter([gone('b'), up('c', { galera: false })], claim('b', 5)).kind, 'none');
  // In a cluster the same is a moment's delay.
  assert.equal(isOutdated(report({ claim: claim('a', 4) }), claim('b', 5)), false);
});

test('a replica promoted by hand, with the same claim as its primary, takes over when that is gone', () => {
  const held = { galera: false, claim: claim('a', 2) };
  assert.deepEqual(choose([gone('a'), up('b', held)]), { kind: 'claim', host: 'b', over: claim('a', 2) });
  assert.deepEqual(choose([up('a', held), up('b', held)]), { kind: 'use', host: 'a' });
});

test('a holder that others know by another name is not fought over', () => {
  const held = { claim: claim('10.0.0.1:3306', 3) };
  assert.deepEqual(choose([up('a', held), up('b', held)]), { kind: 'use', host: 'a' });
});

test('a reader is never written, but a newer claim found on it counts', () => {
  const reader = { ...up('r', { galera: false, claim: claim('b', 9) }), electable: false };
  const hosts = [up('a', { galera: false, claim: claim('a', 8) }), gone('b'), reader];
  assert.equal(choose(hosts).kind, 'none');
});

const hostFrom = (name: string) =>
  fc
    .record({
      health: fc.constantFrom('up' as const, 'down' as const),
      writable: fc.constantFrom('yes' as const, 'poor' as const, 'no' as const),
      epoch: fc.integer({ min: 1, max: 3 }),
      holder: fc.constantFrom('a', 'b', 'c'),
      galera: fc.boolean(),
    })
    .map(
      ({ health, writable, epoch, holder, galera }): HostView =>
        health === 'down' ? gone(name) : up(name, { writable, galera, claim: claim(holder, epoch) }),
    );

test('whatever is seen: only hosts that are up, take writes and have missed nothing are chosen', () => {
  fc.assert(
    fc.property(fc.tuple(hostFrom('a'), hostFrom('b'), hostFrom('c')), (hosts) => {
      const latest = newestClaim(hosts, undefined);
      const choice = chooseWriter(hosts, latest);
      if (choice.kind === 'none') return;
      const host = hosts.find((one) => one.name === choice.host) as HostView;
      assert.equal(host.health, 'up');
      assert.ok(host.report && host.report.writable !== 'no' && !isOutdated(host.report, latest));
      if (choice.kind === 'claim') assert.deepEqual(choice.over, latest);
    }),
  );
});
