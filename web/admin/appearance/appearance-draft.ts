/** What stands in the form of the appearance, what of it is wrong, and what is sent. */
import { type Appearance, linkPattern, type UpdateAppearanceBody } from '../../../contract/appearance.ts';
import { isReadable } from '../../../contract/shop-colours.ts';

export type AppearanceDraft = Appearance;
export const parts = ['look', 'news', 'footer', 'css'] as const;
export type Part = (typeof parts)[number];

const link = new RegExp(linkPattern);
export const isLink = (url: string): boolean => link.test(url);
const isLinkOrNone = (url: string): boolean => url === '' || isLink(url);

/** Ids of the fields that need a second look, by the part they stand in. */
export function appearanceFaults(draft: AppearanceDraft): Record<Part, string[]> {
  const { startsAt, endsAt } = draft.announcement;
  const of = (faults: Record<string, boolean>) => Object.keys(faults).filter((id) => faults[id]);
  return {
    look: of({
      'shop-name': draft.name.zh.trim() === '',
      'shop-colour': draft.colour !== null && !isReadable(draft.colour),
    }),
    news: of({ 'news-ends': startsAt !== null && endsAt !== null && endsAt <= startsAt }),
    footer: of({
      'support-url': !isLinkOrNone(draft.support.url.trim()),
      'filing-url': !isLinkOrNone(draft.filing.url.trim()),
      ...Object.fromEntries(
        draft.links.flatMap(({ zh, en, url }, at) => [
          [`link-name-${at}`, zh.trim() === '' && en.trim() === ''],
          [`link-url-${at}`, !isLink(url.trim())],
        ]),
      ),
    }),
    css: [],
  };
}

export function appearanceBody({ logo, favicon, ...draft }: AppearanceDraft): UpdateAppearanceBody {
  const { filing, support, links } = draft;
  return {
    ...draft,
    name: { zh: draft.name.zh.trim(), en: draft.name.en.trim() },
    filing: { ...filing, url: filing.url.trim() },
    support: { ...support, url: support.url.trim() },
    links: links.map(({ zh, en, url }) => ({ zh: zh.trim(), en: en.trim(), url: url.trim() })),
    logoId: logo?.id ?? null,
    faviconId: favicon?.id ?? null,
  };
}
