import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  title: 'Pictures',
  lead: 'The first is the cover. PNG, JPEG, WebP, GIF or AVIF, up to 8 MB each; where it was taken is left out.',
  add: 'Upload pictures',
  adding: 'Uploading…',
  replace: 'Change',
  remove: 'Remove',
  removeNamed: 'Remove picture {number}',
  forward: 'Move picture {number} forward',
  back: 'Move picture {number} back',
  cover: 'Cover',
  alt: 'What it shows',
  altEn: 'What it shows (English)',
  altHint: 'For who cannot see it',
  tooLarge: '{name} has more than 8 MB.',
  notPicture: '{name} is no picture that can be used.',
  tooMany: 'A product can have {count} pictures at most.',
  none: 'No pictures yet: the shop shows a cover that it draws itself.',
};
