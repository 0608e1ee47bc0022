/** How the shop presents itself: name, look, announcement, legal texts. */
import { type Static, Type } from 'typebox';
import { EpochMs } from './common.ts';
import { PictureId, PictureView } from './pictures.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** A text in both languages; an empty English one falls back to the Chinese. */
const both = (maxLength: number) => ({
  zh: Type.String({ maxLength }),
  en: Type.String({ maxLength }),
});
const Both = (maxLength: number) => Type.Object(both(maxLength), { additionalProperties: false });
export interface BothLanguages {
  zh: string;
  en: string;
}

export const colourSchemes = ['auto', 'light', 'dark'] as const;
export type ShopColourScheme = (typeof colourSchemes)[number];
export const announcementLevels = ['info', 'warning', 'urgent'] as const;
export type AnnouncementLevel = (typeof announcementLevels)[number];
export const maxCustomCss = 50_000;
export const maxFooterLinks = 12;

/** Where a link of the shop may lead: never to a script. */
export const linkPattern =
  '^(https://[^\\s<>"]{1,390}|mailto:[^\\s<>"]{1,190}|tel:[+0-9-]{3,30}|/(?:[^/\\s<>"][^\\s<>"]{0,390})?)$';
const Link = Type.String({
  maxLength: 400,
  pattern: linkPattern,
  description: 'https, mailto, tel or a path of the shop',
});
const LinkOrNone = Type.Union([Link, Type.Literal('')]);
const Version = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000,
  description: 'As last read; 0 before the first change',
});

const fields = {
  name: Type.Object(
    { zh: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }), en: Type.String({ maxLength: 80 }) },
    { additionalProperties: false },
  ),
  slogan: Both(120),
  colour: nullable(Type.String({ pattern: '^#[0-9a-f]{6}$', description: 'White text must be readable on it' })),
  scheme: literals(colourSchemes),
  announcement: Type.Object(
    {
      ...both(2000),
      level: literals(announcementLevels),
      startsAt: nullable(EpochMs),
      endsAt: nullable(EpochMs),
    },
    { additionalProperties: false },
  ),
  footer: Both(1000),
  links: Type.Array(Type.Object({ ...both(40), url: Link }, { additionalProperties: false }), {
    maxItems: maxFooterLinks,
  }),
  filing: Type.Object(
    { text: Type.String({ maxLength: 80 }), url: LinkOrNone },
    { additionalProperties: false, description: 'The line of the ICP filing' },
  ),
  support: Type.Object({ ...both(200), url: LinkOrNone }, { additionalProperties: false }),
  customCss: Type.String({ maxLength: maxCustomCss }),
};

export const Appearance = Type.Object({
  version: Version,
  ...fields,
  logo: nullable(PictureView),
  favicon: nullable(PictureView),
});
export type Appearance = Static<typeof Appearance>;
export const UpdateAppearanceBody = Type.Object(
  { version: Version, ...fields, logoId: nullable(PictureId), faviconId: nullable(PictureId) },
  { additionalProperties: false },
);
export type UpdateAppearanceBody = Static<typeof UpdateAppearanceBody>;

// --- legal texts -------------------------------------------------------------------------------------------------

export const legalKinds = ['terms', 'privacy', 'refunds'] as const;
export type LegalKind = (typeof legalKinds)[number];
export const LegalParams = Type.Object({ kind: literals(legalKinds) });
const legalFields = both(20_000);
export const LegalText = Type.Object({
  kind: literals(legalKinds),
  version: Version,
  ...legalFields,
  updatedAt: nullable(EpochMs),
});
export type LegalText = Static<typeof LegalText>;
export const LegalTextList = Type.Object({ texts: Type.Array(LegalText) });
export type LegalTextList = Static<typeof LegalTextList>;
export const UpdateLegalTextBody = Type.Object({ version: Version, ...legalFields }, { additionalProperties: false });
export type UpdateLegalTextBody = Static<typeof UpdateLegalTextBody>;
export const ShownLegalText = Type.Object({
  kind: literals(legalKinds),
  text: Type.String({ description: 'Plain text with Markdown' }),
  updatedAt: EpochMs,
});
export type ShownLegalText = Static<typeof ShownLegalText>;

// --- as a buyer's page shows it ----------------------------------------------------------------------------------

const shown = Type.Object(both(2000));
export const ShownAppearance = Type.Object({
  nameEn: Type.String(),
  slogan: shown,
  logo: nullable(Type.Object({ url: Type.String(), width: Type.Integer(), height: Type.Integer() })),
  announcementEn: Type.String(),
  announcementLevel: literals(announcementLevels),
  footer: shown,
  links: Type.Array(Type.Object({ ...both(40), url: Type.String() })),
  filing: Type.Object({ text: Type.String(), url: Type.String() }),
  support: Type.Object({ ...both(200), url: Type.String() }),
  legal: Type.Array(literals(legalKinds), { description: 'Texts that the shop has' }),
});
export type ShownAppearance = Static<typeof ShownAppearance>;

// --- first steps -------------------------------------------------------------------------------------------------

export const firstSteps = ['account', 'look', 'product', 'cards', 'channel', 'purchase', 'samples'] as const;
export type FirstStep = (typeof firstSteps)[number];
export const FirstRun = Type.Object({
  steps: Type.Array(
    Type.Object({
      step: literals(firstSteps),
      state: literals(['open', 'done', 'skipped'] as const),
    }),
  ),
  dismissed: Type.Boolean({ description: 'The owner does not want to see the list any more' }),
  product: nullable(
    Type.Object({
      id: Type.Integer(),
      slug: Type.String(),
      name: Type.String(),
      skuId: nullable(Type.Integer()),
      needsCards: Type.Boolean(),
    }),
  ),
  order: nullable(Type.Object({ id: Type.String(), status: Type.String() })),
});
export type FirstRun = Static<typeof FirstRun>;
export const UpdateFirstRunBody = Type.Object(
  {
    skipped: Type.Optional(Type.Array(literals(firstSteps), { maxItems: firstSteps.length, uniqueItems: true })),
    dismissed: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type UpdateFirstRunBody = Static<typeof UpdateFirstRunBody>;
