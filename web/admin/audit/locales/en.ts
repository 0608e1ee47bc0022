import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  title: 'Audit log',
  lead: 'Who changed what and when, with what it was before and after.',
  action: 'Action',
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
};
