/** How the audit log names a person: role and login. The role is the one they had then; the login is theirs for ever. */
import type { StaffRole } from '../../contract/permissions.ts';

export function actorName({ role, login }: { role: StaffRole | null; login: string }): string {
  return `${role ?? 'nobody'}:${login}`;
}
