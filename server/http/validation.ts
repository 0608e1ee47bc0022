/**
 * Ajv as Fastify uses it, with one difference: bodies are taken as they are. `"1"` is not 1 and `true` is not "true" in a
 * JSON body; only what travels as text anyway (query, path, headers) is converted.
 */
import { Ajv } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';

const common = { allErrors: false, useDefaults: true, removeAdditional: false, strict: false } as const;

export function schemaValidator(): FastifySchemaCompiler<object> {
  const strict = new Ajv({ ...common, coerceTypes: false });
  const text = new Ajv({ ...common, coerceTypes: true });
  return ({ schema, httpPart }) => {
    const isBody = httpPart === 'body';
    const validate = (isBody ? strict : text).compile(schema);
    return (value: unknown) => {
      const errors = validate(value) ? (isBody ? [] : endless(value)) : (validate.errors ?? []);
      if (errors.length === 0) return { value };
      const error = new Error('validation failed') as Error & { validation?: unknown; validationContext?: string };
      return { error: Object.assign(error, { validation: errors, validationContext: httpPart, statusCode: 400 }) };
    };
  };
}

/** Ajv converts `1e999` to Infinity and takes it for a whole number. */
function endless(value: unknown): { instancePath: string; message: string }[] {
  return Object.entries(value ?? {})
    .filter(([, one]) => typeof one === 'number' && !Number.isFinite(one))
    .map(([name]) => ({ instancePath: `/${name}`, message: 'must be a finite number' }));
}
