/** What a new password must be. Length is what counts; the rest catches the ones everybody tries first. */

export const minPasswordLength = 10;

const tooCommon = [
  'password',
  'passw0rd',
  'qwertyuiop',
  '1234567890',
  '0123456789',
  'iloveyou',
  'administrator',
  'cardwell',
];

export type PasswordFault = 'too-short' | 'too-simple' | 'like-login';

export function passwordFault(password: string, login: string): PasswordFault | undefined {
  if ([...password].length < minPasswordLength) return 'too-short';
  const plain = password.toLowerCase();
  if (new Set(plain).size < 4) return 'too-simple';
  if (tooCommon.some((common) => plain.startsWith(common) && plain.length < common.length + 4)) return 'too-simple';
  const name = normalLogin(login).split('@')[0] ?? '';
  if (name.length >= 3 && plain.includes(name) && plain.length < name.length + 6) return 'like-login';
  return undefined;
}

/** Two spellings of one login must not become two accounts. */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

export const passwordFaultTexts: Record<PasswordFault, string> = {
  'too-short': `must have at least ${minPasswordLength} characters`,
  'too-simple': 'is one of the first that anybody would try',
  'like-login': 'is too much like the name',
};
