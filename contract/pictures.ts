/** Pictures that an owner uploads: what they are called, in which sizes they are served, and how a page names them. */
import { type Static, Type } from 'typebox';

/** Widths in pixels. A picture is kept in each up to the first that holds all of it, and never enlarged. */
export const pictureSizes = [96, 320, 640, 1280] as const;
export type PictureSize = (typeof pictureSizes)[number];
export const picturesPerProduct = 12;

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'] as const;
export type PictureType = (typeof pictureTypes)[number];
export const maxPictureBytes = 8 * 1024 * 1024;

export const PictureId = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'What uploading it answered' });

/** Everything an `img` needs. */
const pictureFields = {
  url: Type.String({ description: 'The largest size' }),
  srcset: Type.String({ description: 'All sizes, as the attribute of an img' }),
  width: Type.Integer({ description: 'Of the largest size, in pixels' }),
  height: Type.Integer(),
};
export const PictureView = Type.Object({ id: PictureId, ...pictureFields });
export type PictureView = Static<typeof PictureView>;
export const PictureReply = Type.Object({ picture: PictureView });
export type PictureReply = Static<typeof PictureReply>;

/** As a buyer's page shows it. */
export const ShownPicture = Type.Object({ ...pictureFields, alt: Type.String() });
export type ShownPicture = Static<typeof ShownPicture>;

const AltText = Type.String({ maxLength: 200, description: 'What is to be seen, for who cannot see it' });
/** Pictures of a product in their order; the first is its cover. */
export const ProductPictures = Type.Array(
  Type.Object(
    { id: PictureId, alt: Type.Optional(AltText), altEn: Type.Optional(AltText) },
    { additionalProperties: false },
  ),
  { maxItems: picturesPerProduct },
);
export type ProductPictureInput = Static<typeof ProductPictures>[number];
export const AdminProductPicture = Type.Object({
  id: PictureId,
  ...pictureFields,
  alt: Type.String(),
  altEn: Type.String(),
});
export type AdminProductPicture = Static<typeof AdminProductPicture>;
