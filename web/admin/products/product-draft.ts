/** What stands in the form of a product, and what of it is sent. */
import type { AdminProduct, CreateProductBody, SaleStatus } from '../../../contract/admin-catalogue.ts';
import type { AdminProductPicture } from '../../../contract/pictures.ts';

export interface ProductDraft {
  name: string;
  summary: string;
  description: string;
  nameEn: string;
  summaryEn: string;
  descriptionEn: string;
  slug: string;
  categoryId: number | null;
  imageUrl: string;
  status: SaleStatus;
  position: number | null;
  pictures: readonly AdminProductPicture[];
}

export function productDraft(product?: AdminProduct): ProductDraft {
  const en = product?.translations.en ?? {};
  return {
    name: product?.name ?? '',
    summary: product?.summary ?? '',
    description: product?.description ?? '',
    nameEn: en.name ?? '',
    summaryEn: en.summary ?? '',
    descriptionEn: en.description ?? '',
    slug: product?.slug ?? '',
    categoryId: product?.categoryId ?? null,
    imageUrl: product?.imageUrl ?? '',
    status: product?.status ?? 'active',
    position: product?.position ?? 0,
    pictures: product?.pictures ?? [],
  };
}

export interface ProductFaults {
  name: boolean;
  imageUrl: boolean;
  position: boolean;
}

export function productFaults(draft: ProductDraft): ProductFaults {
  const url = draft.imageUrl.trim();
  return {
    name: draft.name.trim() === '',
    imageUrl: url !== '' && !/^(https:\/\/\S+|\/[^/\s]\S*)$/.test(url),
    position: draft.position === null || Number.isNaN(draft.position),
  };
}

/** Languages of the base text that are not edited here stay as they are. */
export function productBody(draft: ProductDraft, before?: AdminProduct): CreateProductBody {
  const slug = draft.slug.trim();
  const en = filled({ name: draft.nameEn, summary: draft.summaryEn, description: draft.descriptionEn });
  const { en: _, ...others } = before?.translations ?? {};
  return {
    name: draft.name.trim(),
    summary: draft.summary.trim(),
    description: draft.description.trim() === '' ? null : draft.description,
    translations: { ...others, ...(Object.keys(en).length > 0 && { en }) },
    ...(slug !== '' && { slug }),
    categoryId: draft.categoryId,
    imageUrl: draft.imageUrl.trim() || null,
    status: draft.status,
    // Others may have moved it meanwhile: only where somebody typed a number.
    ...(draft.position !== before?.position && { position: draft.position ?? 0 }),
    pictures: draft.pictures.map(({ id, alt, altEn }) => ({ id, alt: alt.trim(), altEn: altEn.trim() })),
  };
}

function filled(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
}
