/** The language of the page: one value for all components, remembered on this device. */
import { useSyncExternalStore } from 'react';
import type { Language } from '../../contract/common.ts';
import { readStored, writeStored } from './stored-value.ts';

const storageKey = 'cardwell.language';
const isLanguage = (value: unknown): value is Language => value === 'zh' || value === 'en';

let current: Language = readStored('local', storageKey, isLanguage) ?? 'zh';
const listeners = new Set<() => void>();
const loaders: ((language: Language) => Promise<void>)[] = [];

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const currentLanguage = (): Language => current;
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage);
/** BCP 47 tag for Intl and the `lang` attribute. */
export const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');

/** Texts that must be there before a language is shown. */
export function onLanguageLoad(loader: (language: Language) => Promise<void>): void {
  loaders.push(loader);
}

/** Loads the texts of the remembered language; call once before the first render. */
export async function prepareLanguage(): Promise<void> {
  document.documentElement.lang = localeOf(current);
  await Promise.all(loaders.map((load) => load(current)));
}

export async function setLanguage(language: Language): Promise<void> {
  await Promise.all(loaders.map((load) => load(language)));
  current = language;
  writeStored('local', storageKey, language);
  document.documentElement.lang = localeOf(language);
  for (const listener of listeners) listener();
}
