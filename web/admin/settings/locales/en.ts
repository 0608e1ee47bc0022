import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  title: 'Shop settings',
  name: 'Name of the shop',
  needName: 'The shop needs a name.',
  announcement: 'Announcement',
  announcementHint: 'Stands above the front page; nothing when empty',
  samples: 'Sample data',
  samplesSays: 'The shop still has sample products. Remove them before you open for real.',
  samplesRemove: 'Remove sample data',
  samplesAsk: 'Sample products and their cards are deleted for good. Those that somebody ordered are archived instead.',
  samplesSure: 'Remove them',
};
