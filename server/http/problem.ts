/** RFC 9457 problem details: the only place where an outcome or an exception becomes an HTTP error. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../contract/common.ts';
import { type ProblemCode, problems } from '../../contract/problems.ts';
import { QueueFull } from '../platform/batcher.ts';
import { DatabaseError, Overloaded } from '../platform/db/errors.ts';

export interface FieldError {
  path: string;
  message: string;
}

/** Thrown by routes for an expected refusal; everything below HTTP returns outcomes instead. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  constructor(code: ProblemCode, detail?: string, errors?: FieldError[]) {
    super(detail ?? problems[code].title);
    this.code = code;
    this.errors = errors;
  }
}

export function problemBody(code: ProblemCode, instance?: string, detail?: string, errors?: FieldError[]): Problem {
  const { status, title } = problems[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    code,
    ...(detail && detail !== title ? { detail } : {}),
    ...(instance ? { instance } : {}),
    ...(errors ? { errors } : {}),
  };
}

/** Fastify's own refusals (before any of our code ran), by their code. */
const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_NOT_FOUND: 'not_found',
};

export function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, detail, errors } = explain(error);
  const { status } = problems[code];
  if (status >= 500)
    request.log.error(
      { err: error, code, requestId: request.id, method: request.method, route: request.routeOptions.url },
      'request failed',
    );
  if (status === 503 || status === 429) reply.header('retry-after', '2');
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(code, request.id, detail, errors)));
}

function explain(error: FastifyError | Error): { code: ProblemCode; detail?: string; errors?: FieldError[] } {
  if (error instanceof ProblemError) return { code: error.code, detail: error.message, errors: error.errors };
  if ('validation' in error && error.validation) {
    const part = error.validationContext ?? 'body';
    const errors = error.validation.slice(0, 20).map((one) => ({
      path: `${part}${one.instancePath}`,
      message: one.message ?? 'is not valid',
    }));
    return {
      code: 'invalid_request',
      detail: errors[0] ? `${errors[0].path} ${errors[0].message}` : undefined,
      errors,
    };
  }
  if (error instanceof QueueFull || error instanceof Overloaded) return { code: 'overloaded' };
  if (error instanceof DatabaseError && error.errorClass !== 'fatal') return { code: 'database_unavailable' };
  const { code, statusCode } = error as FastifyError;
  const known = code === undefined ? undefined : fastifyCodes[code];
  if (known) return { code: known };
  if (error instanceof SyntaxError && statusCode === 400) return { code: 'malformed_json' };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { code: 'invalid_request', detail: error.message };
  return { code: 'internal' };
}
