/**
 * Texts of one part of the web, checked by the compiler: every key exists in every language, and every `{name}` in the
 * Chinese text must be given. `{count|item|items}` picks by the plural rule of the language.
 * Chinese ships with the page, other languages load when chosen: a full i18n library would be a seventh of the
 * storefront's script budget.
 */
import type { Language } from '../../contract/common.ts';
import { currentLanguage, localeOf, onLanguageLoad, useLanguage } from './language.ts';

type Params<S> = S extends `${string}{${infer P}}${infer Rest}`
  ? (P extends `${infer Name}|${string}` ? Name : P) | Params<Rest>
  : never;
type Args<S> = [Params<S>] extends [never] ? [] : [values: { [K in Params<S>]: string | number }];
type Texts = Readonly<Record<string, string>>;
export type Translate<T extends Texts> = <K extends keyof T & string>(key: K, ...args: Args<T[K]>) => string;

export function fillText(text: string, values: Readonly<Record<string, string | number>>, locale: string): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, other?: string) => {
    const value = values[name] ?? '';
    if (one === undefined) return String(value);
    return new Intl.PluralRules(locale).select(Number(value)) === 'one' ? one : (other ?? one);
  });
}

export function createTexts<const T extends Texts>(zh: T, loadEn: () => Promise<Record<keyof T, string>>) {
  const loaded: Partial<Record<Language, Record<keyof T, string>>> = { zh };
  const load = async (language: Language) => {
    if (language === 'en') loaded.en ??= await loadEn();
  };
  onLanguageLoad(load);
  const translators: Partial<Record<Language, Translate<T>>> = {};
  const translator = (language: Language): Translate<T> => {
    translators[language] ??= (key, ...args) =>
      fillText((loaded[language] ?? zh)[key], args[0] ?? {}, localeOf(language));
    return translators[language];
  };
  return {
    load,
    useTexts: (): Translate<T> => translator(useLanguage()),
    /** Outside components: the language of this moment. */
    textNow: (): Translate<T> => translator(currentLanguage()),
  };
}

/** The same for a page that is loaded when it is opened: its texts come with it. Chinese stands in if they cannot. */
export async function createPageTexts<const T extends Texts>(zh: T, loadEn: () => Promise<Record<keyof T, string>>) {
  const texts = createTexts(zh, loadEn);
  await texts.load(currentLanguage()).catch(() => undefined);
  return texts;
}
