/** JSON schemas of the OpenAPI document -> fast-check generators of values that fit them, and of values that do not. */
import fc from 'fast-check';

export interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  nullable?: boolean;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

/** Values that exist in the shop, by the name of the field or parameter that takes them. */
export type Known = (name: string) => fc.Arbitrary<unknown> | undefined;

/** Each has broken some program. */
export const nastyTexts: readonly string[] = [
  '',
  ' ',
  "'; DROP TABLE orders; --",
  "1' OR '1'='1",
  '" OR ""="',
  '<script>alert(1)</script>',
  '{{7*7}}<%= 7*7 %>%s%n',
  '../../../../etc/passwd',
  'a\r\nSet-Cookie: stolen=1',
  '\u0000nul',
  '\ud83d',
  '\u202e\ufeff',
  'İ'.repeat(120),
  '😀'.repeat(120),
  '٣',
  '__proto__',
  'constructor',
  'null',
  'true',
  'NaN',
  '1e999',
  '-0',
  '0x10',
  'A'.repeat(5000),
  '%00',
  '\\',
  '`',
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 2, arbitrary: fc.constantFrom(...nastyTexts) },
);
const numbers = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e21, 1e308, 0.1, 1.5, 5e-324),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: numbers },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[[[[[]]]]]]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

export function fitting(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const own = fittingAny(schema, known, name);
  const there = known(name);
  const value =
    there && schema.type !== 'array' ? fc.oneof({ weight: 4, arbitrary: there }, { weight: 1, arbitrary: own }) : own;
  return schema.nullable ? fc.option(value, { freq: 5 }) : value;
}

function fittingAny(schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, known, name)));
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map((one) => fitting(one, known, name))).map((all) => Object.assign({}, ...all));
  switch (schema.type) {
    case 'string':
      return fittingText(schema);
    case 'integer':
      return fittingInteger(schema);
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(schema.items ?? {}, known, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      });
    case 'object':
      return fittingObject(schema, known);
    default:
      return anyJson;
  }
}

function fittingText({ pattern, minLength = 0, maxLength = 300 }: Schema): fc.Arbitrary<string> {
  if (pattern) {
    // What the pattern asks is generated; a length beside it is left to chance.
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  }
  const fits = (one: string) => [...one].length >= minLength && [...one].length <= maxLength;
  const nasty = nastyTexts.filter(fits);
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 30) });
  const binary = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, minLength + 30) });
  const all: fc.Arbitrary<string>[] = [plain, binary, fc.constant('x'.repeat(Math.min(maxLength, 2000)))];
  return fc.oneof(...all, ...(nasty.length > 0 ? [fc.constantFrom(...nasty)] : []));
}

function fittingInteger({ minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 }: Schema): fc.Arbitrary<number> {
  const small = fc.integer({ min: Math.max(minimum, -5), max: Math.min(maximum, Math.max(minimum, 0) + 12) });
  const edges = fc.constantFrom(minimum, maximum);
  return fc.oneof({ weight: 6, arbitrary: small }, { weight: 1, arbitrary: edges });
}

function fittingObject(schema: Schema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one, known, name)]),
  );
  const requiredKeys = (schema.required ?? []).filter((name) => name in fields);
  return fc.record(fields, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;
}

/** A value that fits, with one thing in it changed, left out or added; or something else altogether. */
export function broken(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  if (schema.type !== 'object' || !schema.properties) return anyJson;
  const fields = Object.keys(schema.properties);
  const changed = fc
    .tuple(fitting(schema, known, name), fc.constantFrom(...fields, '__proto__', 'extra'), anyJson, fc.nat(5))
    .map(([value, field, other, how]) => {
      const copy: Record<string, unknown> = { ...(value as object) };
      if (how === 0) delete copy[field];
      else Object.defineProperty(copy, field, { value: other, enumerable: true, configurable: true });
      return copy;
    });
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: anyJson });
}
