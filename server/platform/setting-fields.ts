/**
 * What an owner fills in for a payment channel or a notifier, in TypeBox. Each field has a label and a help text in both
 * languages; a secret one is never shown again once it is stored. The admin API gives the schema out as it is, and a form
 * is drawn from it.
 */
import { type TObject, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

export interface Localized {
  zh: string;
  en: string;
}

export interface FieldTexts {
  label: Localized;
  help?: Localized;
}

/** A value that has the right form and is still of no use: a key that cannot be parsed, say. Never holds the value. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly field: string;
  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.field = field;
  }
}

interface TextOptions extends FieldTexts {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  default?: string;
}

export const textField = (options: TextOptions) => Type.String({ minLength: 1, maxLength: 200, ...options });

/** Keys, certificates: many lines of text. Not a secret by itself (a public key is none). */
export const longTextField = (options: TextOptions) =>
  Type.String({ minLength: 1, maxLength: 6000, ...options, multiline: true });

export const secretField = (options: TextOptions & { multiline?: boolean }) =>
  Type.String({ minLength: 1, maxLength: 6000, ...options, secret: true });

/** An address of the network, without a slash at its end; `default` is the real one, a simulator's goes here too. */
export const urlField = (options: TextOptions) =>
  Type.String({ maxLength: 300, pattern: '^https?://[^\\s/][^\\s]*[^\\s/]$', ...options });

export const choiceField = <const T extends readonly string[]>(
  values: T,
  options: FieldTexts & { default?: T[number]; choices: Record<T[number], Localized> },
) => Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options });

export const flagField = (options: FieldTexts & { default?: boolean }) => Type.Boolean({ ...options });

export const integerField = (options: FieldTexts & { minimum: number; maximum: number; default?: number }) =>
  Type.Integer({ ...options });

/** A field that may be left empty. */
export const optionalField = <T extends TSchema>(field: T) => Type.Optional(field);

export type Settings = Record<string, unknown>;

/** Fills in defaults and checks every field. Throws SettingError, which never holds a value. */
export function checkSettings(schema: TObject, given: Settings): Settings {
  const fields = schema.properties as Record<string, TSchema>;
  const unknown = Object.keys(given).find((field) => !(field in fields));
  if (unknown !== undefined) throw new SettingError(unknown, 'there is no such field');
  const settings = Value.Default(schema, { ...given }) as Settings;
  for (const [field, one] of Object.entries(fields)) {
    const missing = settings[field] === undefined;
    if (missing && !(schema.required ?? []).includes(field)) continue;
    if (missing) throw new SettingError(field, 'this field must be filled in');
    if (!Value.Check(one, settings[field])) throw new SettingError(field, 'this value does not have the right form');
  }
  return settings;
}

/** What may be shown: secret fields only say whether they are set. */
export function visibleSettings(schema: TObject, settings: Settings): { settings: Settings; secretsSet: string[] } {
  const fields = schema.properties as Record<string, TSchema & { secret?: boolean }>;
  const isSecret = (field: string) => fields[field]?.secret === true;
  const entries = Object.entries(settings).filter(([field]) => field in fields);
  return {
    settings: Object.fromEntries(entries.filter(([field]) => !isSecret(field))),
    secretsSet: entries.filter(([field]) => isSecret(field)).map(([field]) => field),
  };
}

/** Given over old ones: what is not named stays, null empties a field. */
export function mergedSettings(old: Settings, given: Settings): Settings {
  return Object.fromEntries(Object.entries({ ...old, ...given }).filter(([, value]) => value !== null));
}
