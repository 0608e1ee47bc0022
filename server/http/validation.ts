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
    const validate = (httpPart === 'body' ? strict : text).compile(schema);
    return (value: unknown) => {
      if (validate(value)) return { value };
      const error = new Error('validation failed') as Error & { validation?: unknown; validationContext?: string };
      return {
        error: Object.assign(error, { validation: validate.errors, validationContext: httpPart, statusCode: 400 }),
      };
    };
  };
}
