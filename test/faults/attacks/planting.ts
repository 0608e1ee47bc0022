/**
 * Plants a text in every field of every change that the OpenAPI document knows: a field that is new tomorrow is planted too.
 * Numbers, choices and names of things come from what the caller knows; every text without a form of its own is the payload.
 */

import type { Operation } from '../openapi/operations.ts';
import type { Schema } from '../openapi/schema-values.ts';

export interface Planting {
  /** The text for a field that takes so many characters. */
  textFor(maxLength: number, field: string): string;
  /** What a field must be to be taken, by its name; undefined leaves it to the schema. */
  known(field: string): unknown;
  /** Fields left out: those that would lock the planter out, or are never shown. */
  skip: ReadonlySet<string>;
}

/** A body with every field filled; what has a pattern and is not known is left out where it may be. */
export function bodyFor(schema: Schema, planting: Planting, field = ''): unknown {
  const known = planting.known(field);
  if (known !== undefined) return known;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return bodyFor(choices.find(isText) ?? (choices[0] as Schema), planting, field);
  switch (schema.type) {
    case 'string':
      return hasForm(schema) ? undefined : planting.textFor(schema.maxLength ?? 300, field);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'array':
      return listFor(schema, planting, field);
    case 'object':
      return objectFor(schema, planting, field);
    default:
      return undefined;
  }
}

/** One of what it holds, where that can be made. */
function listFor({ items, maxItems = 1 }: Schema, planting: Planting, field: string): unknown[] | undefined {
  const one = items && maxItems > 0 ? bodyFor(items, planting, `${field}[]`) : undefined;
  return one === undefined ? undefined : [one];
}

/** Patterns that only ask that something be there leave a text free. */
const hasForm = ({ pattern }: Schema): boolean => pattern !== undefined && !/^(\\S|\\s\*)+$/.test(pattern);

const isText = (schema: Schema): boolean => schema.type === 'string' && !schema.enum;

/** An object that cannot be made whole is left out; the body itself is sent with what there is. */
function objectFor(schema: Schema, planting: Planting, field: string): Record<string, unknown> | undefined {
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => !planting.skip.has(name));
  const entries = fields.map(([name, one]) => [name, bodyFor(one, planting, name)] as const);
  const made = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const isWhole = (schema.required ?? []).every((name) => made[name] !== undefined);
  return isWhole || field === '' ? made : undefined;
}

/** Names of the fields of a body that take free text, with the way to them. */
export function textFields(schema: Schema, way = ''): string[] {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.flatMap((one) => textFields(one, way)))];
  if (schema.type === 'array') return schema.items ? textFields(schema.items, `${way}[]`) : [];
  if (schema.type === 'object')
    return Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
      textFields(one, way ? `${way}.${name}` : name),
    );
  return isText(schema) && !hasForm(schema) ? [way] : [];
}

export const jsonOf = ({ bodies }: Operation): Schema | undefined => bodies['application/json'];
