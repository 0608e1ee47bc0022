/** Refusals of changes to people -> problem details. */
import type { ProblemCode } from '../../contract/problems.ts';
import { ProblemError } from './problem.ts';

const codes = {
  'not-found': 'person_not_found',
  'edit-conflict': 'edit_conflict',
  'last-owner': 'last_owner',
  'no-owner': 'forbidden',
  'login-taken': 'account_exists',
  disabled: 'person_disabled',
} as const satisfies Record<string, ProblemCode>;

export function peopleProblem({ kind }: { kind: keyof typeof codes }): ProblemError {
  return new ProblemError(codes[kind]);
}
