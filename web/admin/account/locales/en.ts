import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  'name.title': 'My name',
  'name.label': 'Shown name',
  'name.hint': 'On the pages of the desk; you sign in as before',
  'name.empty': 'Please enter a name.',
  'name.save': 'Save name',
  'name.saved': 'Saved',
  'factor.title': 'Second factor',
  'factor.lead':
    'Signing in asks for a code of your authenticator app beside the password, so a password that others know does not let them in.',
  'factor.on': 'On, with {count} recovery {count|code|codes} left.',
  'factor.turnOn': 'Turn on',
  'factor.turnOff': 'Turn off',
  'factor.renew': 'New recovery codes',
  'factor.password': 'Current password',
  'factor.go': 'Continue',
  'factor.cancel': 'Cancel',
  'factor.scan':
    'Scan this with your authenticator app, or type the key below it. Then enter the six digits that the app shows.',
  'factor.qr': 'QR code of the second factor',
  'factor.secret': 'Key',
  'factor.code': 'Code',
  'factor.confirm': 'Turn it on',
  'factor.codesTitle': 'Recovery codes',
  'factor.codesLead':
    'Without your phone, one of these takes the place of a code when you sign in; each works once. They are shown only now: keep them somewhere safe.',
  'factor.codes': 'the recovery codes',
  'factor.kept': 'I have saved them',
  'sessions.title': 'Signed in on',
  'sessions.current': 'this one',
  'sessions.unknown': 'Unknown device',
  'sessions.seen': 'Last used {at}',
  'sessions.end': 'Sign out',
  'sessions.endNamed': 'Sign out {device}',
};
