/** The shop's appearance as it is kept, and as pages show it. */
import type { Appearance, BothLanguages, LegalKind, ShownAppearance } from '../../contract/appearance.ts';
import { pictureUrl } from './picture.ts';

/** What the setting `shop.appearance` holds. Name and announcement in Chinese are settings of their own, older than it. */
export interface KeptAppearance extends Omit<Appearance, 'version' | 'name' | 'announcement' | 'logo' | 'favicon'> {
  nameEn: string;
  announcement: Omit<Appearance['announcement'], 'zh'>;
  logo: KeptPicture | null;
  favicon: KeptPicture | null;
}

/** With its sizes, so that showing it asks for nothing more. */
export interface KeptPicture {
  id: string;
  width: number;
  height: number;
}

const nothing: BothLanguages = { zh: '', en: '' };
const plainAppearance: KeptAppearance = {
  nameEn: '',
  slogan: nothing,
  colour: null,
  scheme: 'auto',
  announcement: { en: '', level: 'info', startsAt: null, endsAt: null },
  footer: nothing,
  links: [],
  filing: { text: '', url: '' },
  support: { ...nothing, url: '' },
  customCss: '',
  logo: null,
  favicon: null,
};

/** Never throws: a shop must open with a damaged setting, and with one that a newer program wrote. */
export function readKeptAppearance(json: string | undefined): KeptAppearance {
  try {
    const kept: unknown = JSON.parse(json ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...plainAppearance, ...kept } : plainAppearance;
  } catch {
    return plainAppearance;
  }
}

/** What is announced at this moment. */
export function announcedNow(
  zh: string,
  { en, startsAt, endsAt }: KeptAppearance['announcement'],
  nowMs: number,
): BothLanguages {
  const isOn = (startsAt === null || startsAt <= nowMs) && (endsAt === null || nowMs < endsAt);
  return isOn ? { zh, en } : nothing;
}

export function shownAppearance(
  kept: KeptAppearance,
  { announcementEn, legal }: { announcementEn: string; legal: LegalKind[] },
): ShownAppearance {
  const { nameEn, slogan, logo, announcement, footer, links, filing, support } = kept;
  return {
    nameEn,
    slogan,
    logo: logo && { url: pictureUrl(logo.id, 320), width: Math.min(320, logo.width), height: heightOf(logo) },
    announcementEn,
    announcementLevel: announcement.level,
    footer,
    links,
    filing,
    support,
    legal,
  };
}

const heightOf = ({ width, height }: KeptPicture) => Math.round((height * Math.min(320, width)) / width);
