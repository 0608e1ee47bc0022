/** Refusals of catalogue changes -> problem details. */
import type { ProblemCode } from '../../contract/problems.ts';
import type { Refusal } from '../catalog/edit-deps.ts';
import { ProblemError } from './problem.ts';

const codes: Record<Exclude<Refusal['kind'], 'not-found' | 'invalid'>, ProblemCode> = {
  'edit-conflict': 'edit_conflict',
  'slug-taken': 'slug_taken',
  'category-not-found': 'category_not_found',
  'picture-not-found': 'picture_not_found',
  'in-use': 'in_use',
};

/** @param notFound what is missing: each kind of row has its own code */
export function editProblem(refusal: Refusal, notFound: ProblemCode): ProblemError {
  if (refusal.kind === 'not-found') return new ProblemError(notFound);
  if (refusal.kind !== 'invalid') return new ProblemError(codes[refusal.kind]);
  const [first] = refusal.faults;
  const detail = first && `${first.path} ${first.message}`;
  return new ProblemError('invalid_request', detail, refusal.faults);
}
