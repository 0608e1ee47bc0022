/** What a login and a new password must be, for the server that refuses and for the page that says so while it is typed. */

export const loginLength = { min: 3, max: 120 } as const;
/** No space, nothing invisible. */
export const loginPattern = '^[^\\s\\p{C}]+$';
export const minPasswordLength = 10;
export const maxPasswordLength = 200;

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

export const passwordFaultTexts = {
  'too-short': `must have at least ${minPasswordLength} characters`,
  'too-simple': 'is one of the first that anybody would try',
  'like-login': 'is too much like the name',
} as const;

export type PasswordFault = keyof typeof passwordFaultTexts;

/** Length is what counts; the others catch the ones everybody tries first. */
const breaks: Record<PasswordFault, (password: string, login: string) => boolean> = {
  'too-short': (password) => [...password].length < minPasswordLength,
  'too-simple': (password) => {
    const plain = password.toLowerCase();
    if (new Set(plain).size < 4) return true;
    return tooCommon.some((common) => plain.startsWith(common) && plain.length < common.length + 4);
  },
  'like-login': (password, login) => {
    const name = normalLogin(login).split('@')[0] ?? '';
    const plain = password.toLowerCase();
    return name.length >= 3 && plain.includes(name) && plain.length < name.length + 6;
  },
};

/** All that is wrong with it, the gravest first. */
export function passwordFaults(password: string, login: string): PasswordFault[] {
  return (Object.keys(breaks) as PasswordFault[]).filter((fault) => breaks[fault](password, login));
}

export function passwordFault(password: string, login: string): PasswordFault | undefined {
  return passwordFaults(password, login)[0];
}

/** Two spellings of one login must not become two accounts. */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}
