/** Refusals of log-in, set-up and registration -> problem details. */
import { type PasswordFault, passwordFaultTexts } from '../../contract/credentials.ts';
import { ProblemError } from './problem.ts';

export type AccountRefusal =
  | { kind: 'wrong-credentials' }
  | { kind: 'second-factor-needed' }
  | { kind: 'wrong-code' }
  | { kind: 'state-conflict' }
  | { kind: 'too-many-tries' }
  | { kind: 'weak-password'; fault: PasswordFault }
  | { kind: 'login-taken' }
  | { kind: 'link-used' };

export function accountProblem(refusal: AccountRefusal): ProblemError {
  switch (refusal.kind) {
    case 'wrong-credentials':
      return new ProblemError('wrong_credentials');
    case 'second-factor-needed':
      return new ProblemError('second_factor_needed');
    case 'wrong-code':
      return new ProblemError('wrong_code');
    case 'state-conflict':
      return new ProblemError('second_factor_conflict');
    case 'too-many-tries':
      return new ProblemError('too_many_requests', 'Too many tries. Please wait a quarter of an hour.');
    case 'login-taken':
      return new ProblemError('account_exists');
    case 'link-used':
      return new ProblemError('setup_link_used');
    case 'weak-password': {
      const fault = { path: 'body/password', message: passwordFaultTexts[refusal.fault] };
      return new ProblemError('invalid_request', `${fault.path} ${fault.message}`, [fault]);
    }
  }
}
