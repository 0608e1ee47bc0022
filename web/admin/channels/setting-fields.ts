/** A kind's JSON Schema as the fields of a form. The server's schema is the only list of them. */
import type { ChannelKind } from './channels-api.ts';

interface Localized {
  zh: string;
  en: string;
}

export interface SettingField {
  name: string;
  label: Localized;
  help: Localized | undefined;
  type: 'text' | 'long' | 'choice' | 'flag' | 'integer';
  isSecret: boolean;
  isRequired: boolean;
  initial: string | boolean;
  choices: { value: string; label: Localized }[];
  maxLength: number | undefined;
}

interface FieldSchema {
  type?: string;
  enum?: string[];
  label?: Localized;
  help?: Localized;
  choices?: Record<string, Localized>;
  secret?: boolean;
  multiline?: boolean;
  default?: unknown;
  maxLength?: number;
}

export function settingFields(kind: ChannelKind): SettingField[] {
  const { properties = {}, required = [] } = kind.settings as {
    properties?: Record<string, FieldSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    label: schema.label ?? { zh: name, en: name },
    help: schema.help,
    type: typeOf(schema),
    isSecret: schema.secret === true,
    isRequired: required.includes(name) && schema.default === undefined,
    initial: schema.type === 'boolean' ? schema.default === true : String(schema.default ?? ''),
    choices: (schema.enum ?? []).map((value) => ({
      value,
      label: schema.choices?.[value] ?? { zh: value, en: value },
    })),
    maxLength: schema.maxLength,
  }));
}

function typeOf(schema: FieldSchema): SettingField['type'] {
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'flag';
  if (schema.type === 'integer') return 'integer';
  return schema.multiline ? 'long' : 'text';
}

export type SettingValues = Record<string, string | boolean>;

export function settingValues(
  fields: readonly SettingField[],
  stored: Record<string, unknown> | undefined,
): SettingValues {
  return Object.fromEntries(
    fields.map(({ name, type, initial }) => {
      const value = stored?.[name];
      if (type === 'flag') return [name, typeof value === 'boolean' ? value : initial];
      // Of what is stored, emptiness counts too: the default is for a new channel.
      return [name, value === undefined || value === null ? (stored ? '' : initial) : String(value)];
    }),
  );
}

/** What is sent: a secret left empty stays as it is, any other field left empty is emptied. */
export function settingsBody(
  fields: readonly SettingField[],
  values: SettingValues,
  isNew: boolean,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, type, isSecret } of fields) {
    const value = values[name] ?? '';
    if (value === '') {
      if (!isNew && !isSecret) body[name] = null;
    } else body[name] = type === 'integer' ? Number(value) : value;
  }
  return body;
}

/** Required fields that are empty; a secret that is stored already is not. */
export function missingSettings(
  fields: readonly SettingField[],
  values: SettingValues,
  secretsSet: readonly string[],
): Set<string> {
  const empty = fields.filter(
    ({ name, isRequired }) => isRequired && values[name] === '' && !secretsSet.includes(name),
  );
  return new Set(empty.map((field) => field.name));
}
