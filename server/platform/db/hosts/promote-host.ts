/**
 * Another host becomes the writer because a person says so.
 *
 * In a Galera cluster that is only the claim that moves. With replicas it is done in an order that loses nothing which was
 * acknowledged: a primary that lives is made read-only while its replicas still listen; then no replica receives from it any
 * more (so that one out of our sight, if it is semi-synchronous, can acknowledge nothing); the replica that has *received*
 * most applies all of it, the others follow it, and only then it takes writes, with a claim that every process believes
 * before that of the old one.
 */
import type { Endpoint } from './endpoints.ts';
import { furthest, type Position, positionText, reaches } from './gtid.ts';
import type { WriterClaim } from './host-report.ts';
import type { HostSession } from './host-session.ts';
import { type HostPicture, type HostSight, inspectHosts, isSeen, readReplication } from './inspect-host.ts';
import {
  applyWithinMs,
  openForChange,
  type PromoteOptions,
  PromotionRefused,
  receivedBy,
  silencePrimaries,
  unsure,
} from './silence-primary.ts';
import { claimWriter } from './writer-claim.ts';

/**
 * Over the newest epoch that can be seen. More than one: the old primary, which may be out of sight, could have been given
 * one or two more than its replicas know of, and must never count as newer than the host that replaces it.
 */
const epochLead = 10;

export async function promoteHost(options: PromoteOptions): Promise<{ writer: string; epoch: number }> {
  const sights = await inspectHosts(options.endpoints);
  const seen = sights.filter(isSeen);
  if (seen.length === 0) throw new PromotionRefused(`no host answers: ${sights.map(says).join('; ')}`);
  if (options.target !== undefined && !sights.some((one) => one.name === options.target))
    throw new PromotionRefused(
      `${options.target} is not listed; there are ${sights.map((one) => one.name).join(', ')}`,
    );
  const galera = seen.some((one) => one.report.galera);
  return galera ? moveClaim(seen, options) : promoteReplica(sights, options);
}

const says = (sight: HostSight) =>
  isSeen(sight) ? `${sight.name}: ${sight.report.says}` : `${sight.name}: ${sight.failure.message}`;

function newest(seen: readonly HostPicture[]): WriterClaim | undefined {
  return seen
    .map((one) => one.report.claim)
    .filter((claim) => claim !== undefined)
    .sort((a, b) => b.epoch - a.epoch)[0];
}

async function moveClaim(seen: readonly HostPicture[], { target, onStep }: PromoteOptions) {
  const over = newest(seen);
  const fit = seen.filter((one) => one.report.writable === 'yes');
  const chosen = target ? fit.find((one) => one.name === target) : fit.find((one) => one.name !== over?.holder);
  if (!chosen) throw new PromotionRefused(`no such node is ready to be written: ${seen.map(says).join('; ')}`);
  const session = await openForChange(chosen.endpoint);
  try {
    const claim = await claimWriter(session, chosen.name, over);
    if (claim?.holder !== chosen.name)
      throw new PromotionRefused(`${claim?.holder} was made the writer meanwhile; look again`);
    onStep(`${chosen.name} is the writer; every process follows within a second`);
    return { writer: claim.holder, epoch: claim.epoch };
  } finally {
    session.close();
  }
}

async function promoteReplica(sights: readonly HostSight[], options: PromoteOptions) {
  const { force, onStep } = options;
  const replicas = sights.filter(isSeen).filter((one) => one.kind === 'replica');
  if (replicas.length === 0) throw new PromotionRefused('no replica answers: there is nothing to promote');
  for (const { name, version } of replicas) {
    if (!/mariadb/i.test(version))
      throw new PromotionRefused(
        `${name} is not MariaDB (${version}): promote it with the tool that manages it; the shop follows`,
      );
  }
  const primaries = new Set([newest(sights.filter(isSeen))?.holder, ...replicas.map((one) => one.replication?.from)]);
  for (const one of sights) {
    if (isSeen(one) || primaries.has(one.name)) continue;
    unsure(
      force,
      onStep,
      `${one.name} does not answer: it may have received more than the others, or still follow the old primary`,
    );
  }
  const sessions = new Map<string, HostSession>();
  try {
    for (const { name, endpoint } of sights.filter(isSeen)) sessions.set(name, await openForChange(endpoint));
    const session = (name: string) => sessions.get(name) as HostSession;

    const olds = sights.filter(isSeen).filter((one) => one.kind !== 'replica' && one.report.writable === 'yes');
    const chosen = await silencePrimaries(olds, replicas, session, options)
      .then(() => choose(replicas, session, options))
      .catch(async (error: unknown) => {
        // Nobody has been promoted yet: the shop goes on as it was.
        for (const { name } of replicas)
          await session(name)
            .change('START SLAVE')
            .catch(() => undefined);
        for (const { name } of olds)
          await session(name)
            .change('SET GLOBAL read_only = 0')
            .catch(() => undefined);
        throw error;
      });
    await lead(session(chosen.name), chosen);
    const others = replicas.filter((one) => one.name !== chosen.name);
    for (const { name } of others) await followAfterPromotion(session(name), chosen.endpoint);
    await acknowledge(session(chosen.name), chosen, others.length, onStep);
    const epoch = (newest(sights.filter(isSeen))?.epoch ?? 0) + epochLead;
    const claim = await claimThenWrite(session(chosen.name), chosen.name, newest(sights.filter(isSeen)), epoch);
    onStep(`${chosen.name} takes writes; ${others.map((one) => one.name).join(', ') || 'nobody'} follows it`);
    return { writer: claim.holder, epoch: claim.epoch };
  } finally {
    for (const one of sessions.values()) one.close();
  }
}

/** The replica that has received most, with all of it applied, and nobody receiving any more. */
async function choose(
  replicas: readonly HostPicture[],
  session: (name: string) => HostSession,
  { target, force, onStep }: PromoteOptions,
): Promise<HostPicture> {
  for (const { name } of replicas) await session(name).change('STOP SLAVE IO_THREAD');
  onStep('no replica receives from the old primary any more');
  const received = new Map<string, Position>();
  for (const { name } of replicas) received.set(name, await receivedBy(session(name)));
  const most = [...received.values()].reduce(furthest);
  const best = replicas.find((one) => reaches(received.get(one.name) as Position, most));
  const chosen = target ? replicas.find((one) => one.name === target) : best;
  if (!chosen) throw new PromotionRefused(`${target ?? 'none of the hosts'} is not a replica that can be promoted`);
  const has = received.get(chosen.name) as Position;
  if (!reaches(has, most)) {
    const other = `${best?.name ?? 'another'} has ${positionText(most)}`;
    unsure(force, onStep, `${chosen.name} has received ${positionText(has)}, but ${other}`);
  }
  await applyAll(session(chosen.name));
  onStep(`${chosen.name} has applied all it received (${positionText(has)})`);
  return chosen;
}

async function applyAll(session: HostSession): Promise<void> {
  const replication = await readReplication(session);
  if (!replication?.applies) await session.change('START SLAVE SQL_THREAD');
  const received = replication?.received ?? '';
  if (received !== '') {
    const [row] = await session.rows('SELECT MASTER_GTID_WAIT(?, ?) AS late', [received, applyWithinMs / 1000 - 10]);
    const trouble = (await readReplication(session))?.trouble;
    if (row?.late !== 0)
      throw new PromotionRefused(`it cannot apply what it received: ${trouble || 'it takes too long'}`);
  }
}

async function lead(session: HostSession, { variables }: HostPicture): Promise<void> {
  await session.change('STOP SLAVE');
  await session.change('RESET SLAVE ALL');
  if (variables.get('rpl_semi_sync_slave_enabled') === 'ON')
    await session.change('SET GLOBAL rpl_semi_sync_slave_enabled = OFF');
}

/** User and password of the replication stay as they were. */
async function followAfterPromotion(session: HostSession, { host, port }: Endpoint): Promise<void> {
  await session.change('STOP SLAVE');
  await session.change('CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USE_GTID = slave_pos', [host, port]);
  await session.change('START SLAVE');
}

/** As semi-synchronous as the replicas were; with nobody left to acknowledge, every commit would wait for ever. */
async function acknowledge(
  session: HostSession,
  { variables }: HostPicture,
  followers: number,
  onStep: PromoteOptions['onStep'],
) {
  if (variables.get('rpl_semi_sync_slave_enabled') !== 'ON') return;
  if (followers > 0) await session.change('SET GLOBAL rpl_semi_sync_master_enabled = ON');
  else onStep('nobody follows yet, so commits are acknowledged by this host alone: rejoin another soon');
}

/** The claim first, so that no process ever sees a writable host that is not yet the newest. */
async function claimThenWrite(session: HostSession, holder: string, over: WriterClaim | undefined, epoch: number) {
  const claim = () => claimWriter(session, holder, over, epoch);
  const early = await claim().catch((error: { errno?: number }) => {
    if (error.errno !== 1290) throw error;
    return undefined;
  });
  await session.change('SET GLOBAL read_only = 0');
  const stands = early ?? (await claim());
  if (!stands) throw new PromotionRefused('the claim could not be written');
  return stands;
}
