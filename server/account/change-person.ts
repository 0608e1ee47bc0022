/**
 * An owner changes what somebody may do, or ends it. The shop keeps at least one owner who can sign in. Whose rights
 * changed signs in again; whose rights as an owner ended loses links and the API tokens they made, which could do all
 * that an owner can.
 */
import type { ChangePersonBody, StaffView } from '../../contract/staff.ts';
import { recordAudit } from '../platform/audit-store.ts';
import { changedFields } from '../platform/changed-fields.ts';
import type { Tx } from '../platform/db/database.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { actorName } from './actor-name.ts';
import { deletePasswordLinks } from './password-link-store.ts';
import { type ByOwner, isStillOwner, type PeopleDeps } from './people-deps.ts';
import { deleteSessionsOfUser } from './session-store.ts';
import { type PersonChange, readPerson, readStaff, updatePerson, waitForTurn } from './staff-store.ts';
import { revokeTokensOf } from './token-store.ts';

const action = 'staff.change' as const;
export type ChangePersonOutcome =
  | { kind: 'changed'; person: StaffView }
  | { kind: 'not-found' }
  | { kind: 'edit-conflict' }
  | { kind: 'last-owner' }
  | { kind: 'no-owner' };

/** Carries a refusal out of the transaction, so that nothing of it is kept. */
class LastOwner extends Error {}

export async function changePerson(
  { database, clock }: PeopleDeps,
  { id, version, session, requestId, reason, ...wanted }: ChangePersonBody & ByOwner & { id: number },
): Promise<ChangePersonOutcome> {
  async function change(tx: Tx): Promise<ChangePersonOutcome> {
    const at = clock.now();
    await waitForTurn(tx, at);
    if (!(await isStillOwner(tx, session))) return { kind: 'no-owner' };
    const person = await readPerson(tx, id);
    if (!person) return { kind: 'not-found' };
    const before = { role: person.role, status: person.status, displayName: person.displayName };
    const after = { ...before, ...wanted };
    // Who has set no password yet does not become active by being invited a second time.
    if (before.status === 'invited' && after.status === 'active') after.status = 'invited';
    if (!(await updatePerson(tx, { id, version }, after, at))) return { kind: 'edit-conflict' };
    const staff = await readStaff(tx);
    if (!staff.some((one) => one.role === 'owner' && one.status === 'active')) throw new LastOwner();
    const tokensRevoked = await endAccess(tx, person, after, at);
    const changes = changedFields(before, after);
    const audit = { at, actor: actorName(session.user), requestId, action, subject: `user:${id}`, reason };
    const further = tokensRevoked > 0 ? { tokensRevoked } : {};
    await recordAudit(tx, { ...audit, before: changes.before, after: { ...changes.after, ...further } });
    return changed(tx);
  }
  async function changed(tx: Tx): Promise<ChangePersonOutcome> {
    const person = await readPerson(tx, id);
    return person ? { kind: 'changed', person } : { kind: 'not-found' };
  }

  try {
    return await database.transact('account.change-person', onceForRequest({ action, requestId }, change, changed));
  } catch (error) {
    if (error instanceof LastOwner) return { kind: 'last-owner' };
    throw error;
  }
}

/** @returns how many tokens ended */
async function endAccess(tx: Tx, person: StaffView, after: PersonChange, nowMs: number): Promise<number> {
  if (person.role === after.role && person.status === after.status) return 0;
  await deleteSessionsOfUser(tx, person.id);
  if (after.status === 'disabled') await deletePasswordLinks(tx, person.id);
  const isOwner = after.role === 'owner' && after.status !== 'disabled';
  if (person.role !== 'owner' || isOwner) return 0;
  return revokeTokensOf(tx, actorName(person), nowMs);
}
