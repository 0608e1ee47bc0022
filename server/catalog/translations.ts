/** The `translations` column: {"en": {"name": …, "summary": …, "description": …}}; the columns beside it are the base text. */
import type { Language } from '../../contract/common.ts';

export type TextField = 'name' | 'summary' | 'description';
export type Translations = Partial<Record<Language, Partial<Record<TextField, string>>>>;

/** Never throws: a shop page must not fail over a damaged translation. */
export function readTranslations(json: string | null): Translations {
  if (!json) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Translations) : {};
  } catch {
    return {};
  }
}

export function writeTranslations(translations: Translations | undefined): string | null {
  return translations && Object.keys(translations).length > 0 ? JSON.stringify(translations) : null;
}

/** The text in the language asked for, or the base text when there is none. */
export function textIn(lang: Language | undefined, translations: Translations, field: TextField, base: string): string {
  const text = lang && translations[lang]?.[field];
  return text ? text : base;
}
