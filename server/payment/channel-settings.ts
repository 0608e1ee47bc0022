/**
 * The fields of a channel's settings, in TypeBox. Each has a label and a help text in both languages; a secret one is
 * never shown again once it is stored. The admin API gives the schema out as it is, and a form is drawn from it.
 */
import { type TSchema, Type } from 'typebox';

export interface Localized {
  zh: string;
  en: string;
}

export interface FieldTexts {
  label: Localized;
  help?: Localized;
}

/** A value that has the right form and is still of no use: a key that cannot be parsed, say. Never holds the value. */
export class ChannelSettingsError extends Error {
  override readonly name = 'ChannelSettingsError';
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
