import type { Problem } from '../../contract/common.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { noteServerDate } from './server-clock.ts';

/** A failed call: the shop's own problem code, or `network` when no answer came. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'network';
  readonly status: number;
  readonly errors: NonNullable<Problem['errors']>;
  /** What exactly stands in the way, in English, from the shop. */
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;

  constructor(code: ProblemCode | 'network', status: number, problem?: Partial<Problem>, retryAfterS?: number) {
    super(problem?.title ?? code);
    this.code = code;
    this.status = status;
    this.errors = problem?.errors ?? [];
    this.detail = problem?.detail;
    this.requestId = problem?.instance;
    this.retryAfterS = retryAfterS;
  }

  /** The same call may work a moment later, and sending it again is safe. */
  get isPassing(): boolean {
    return this.code === 'network' || this.status === 429 || this.status >= 500;
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const defaultTimeoutMs = 20_000;

export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
  const response = await fetch(path, {
    method: options.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new ApiProblem('network', 0);
  });
  noteServerDate(response.headers.get('date'));
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw new ApiProblem('network', response.status);
  })) as T;
}

/** Proxies in between answer with their own pages; then only the status tells what happened. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const retryAfterS = Number(response.headers.get('retry-after')) || undefined;
  const code = (problem.code as ProblemCode | undefined) ?? codeOfStatus(response.status);
  return new ApiProblem(code, response.status, problem, retryAfterS);
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 429) return 'too_many_requests';
  if (status === 404) return 'not_found';
  if (status === 502 || status === 503 || status === 504) return 'overloaded';
  return status < 500 ? 'invalid_request' : 'internal';
}
