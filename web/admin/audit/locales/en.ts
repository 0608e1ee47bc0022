import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  export: 'Export as a table',
  title: 'Audit log',
  lead: 'Who changed what and when, with what it was before and after.',
  action: 'Action',
  anyAction: 'Any action',
  subject: 'Subject',
  empty: 'No entry fits',
  'column.at': 'At',
  'column.actor': 'By',
  'column.action': 'Action',
  'column.subject': 'Subject',
  'column.reason': 'Reason',
  'column.change': 'Change',
  show: 'Show',
  showNamed: 'Show the change of entry {id}',
  before: 'Before',
  after: 'After',
  'chain.title': 'Proof against changes',
  'chain.none': 'Not checked yet.',
  'chain.ok': 'Checked up to entry {seq}: nothing was changed. Checked at {at}',
  'chain.broken': 'Up to entry {seq}, {found} places do not fit: somebody changed the database behind the shop’s back.',
  'chain.why':
    'Each entry is tied to the one before it by a hash, and the last hash is kept on the server’s disk as well: a change, a removal or an exchange is found.',
  'chain.verify': 'Check now',
};
