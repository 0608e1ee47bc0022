/** What stands in the fields of a new password, and what is wrong with it. */
import { loginLength, loginPattern, type PasswordFault, passwordFaults } from '../../../contract/credentials.ts';

export interface NewPassword {
  password: string;
  repeated: string;
}

export const noPassword: NewPassword = { password: '', repeated: '' };

export type LoginFault = 'length' | 'characters';

export function loginFault(login: string): LoginFault | undefined {
  const length = [...login].length;
  if (length < loginLength.min || length > loginLength.max) return 'length';
  return new RegExp(loginPattern, 'u').test(login) ? undefined : 'characters';
}

export interface NewPasswordFaults {
  rules: readonly PasswordFault[];
  /** The second entry is not the first. */
  differs: boolean;
  /** While it is typed: what is there already cannot become the same any more. */
  strays: boolean;
}

export function newPasswordFaults({ password, repeated }: NewPassword, login: string): NewPasswordFaults {
  return {
    rules: passwordFaults(password, login),
    differs: password !== repeated,
    strays: !password.startsWith(repeated),
  };
}

export const isGood = ({ rules, differs }: NewPasswordFaults): boolean => rules.length === 0 && !differs;
