/** What these pages ask of the administration API. */
import { queryOptions } from '@tanstack/react-query';
import type {
  Appearance,
  LegalKind,
  LegalText,
  LegalTextList,
  UpdateAppearanceBody,
  UpdateLegalTextBody,
} from '../../../contract/appearance.ts';
import { call } from '../api.ts';

/** Forms stand on them: what somebody else saves must not slip under what is typed. */
const kept = { refetchOnWindowFocus: false } as const;

export const appearanceQuery = queryOptions({
  queryKey: ['appearance'],
  queryFn: ({ signal }) => call<Appearance>('/appearance', { signal }),
  ...kept,
});
export const legalTextsQuery = queryOptions({
  queryKey: ['legal-texts'],
  queryFn: async ({ signal }) => (await call<LegalTextList>('/legal-texts', { signal })).texts,
  ...kept,
});

export const updateAppearance = (body: UpdateAppearanceBody) =>
  call<Appearance>('/appearance', { method: 'PUT', body });
export const updateLegalText = (kind: LegalKind, body: UpdateLegalTextBody) =>
  call<LegalText>(`/legal-texts/${kind}`, { method: 'PUT', body });
