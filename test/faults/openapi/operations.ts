/** The OpenAPI document -> its operations, and generators of requests to each: good ones, bad ones, and other people's. */
import fc from 'fast-check';
import type { Call } from '../../kit/http-call.ts';
import { anyJson, broken, fitting, type Known, nastyTexts, type Schema } from './schema-values.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  method: string;
  /** With {parameters}. */
  path: string;
  parameters: readonly Parameter[];
  /** By content type. */
  bodies: Readonly<Record<string, Schema>>;
}

interface Documented {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export function operationsOf(document: { paths: Record<string, Record<string, Documented>> }): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => ({
      method: method.toUpperCase(),
      path,
      parameters: documented.parameters ?? [],
      bodies: Object.fromEntries(
        Object.entries(documented.requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema ?? {}]),
      ),
    })),
  );
}

/** What a walker holds: values that exist, and what opens the door of an operation. */
export interface World {
  known(operation: Operation): Known;
  /** Headers. */
  authorize(operation: Operation, path: string): Record<string, string>;
}

/** `call` is made when it is sent, because credentials change on the way. */
export type Planned = () => Call;

export function requestsTo(operation: Operation, world: World): fc.Arbitrary<Planned> {
  const known = world.known(operation);
  const value = (schema: Schema, name: string) =>
    fc.oneof({ weight: 8, arbitrary: fitting(schema, known, name) }, { weight: 1, arbitrary: anyJson });
  const group = (where: Parameter['in']) => {
    const mine = operation.parameters.filter((one) => one.in === where);
    const arbitraries = Object.fromEntries(mine.map((one) => [one.name, value(one.schema, one.name)]));
    const requiredKeys = where === 'path' ? mine.map((one) => one.name) : [];
    return fc.record(arbitraries, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;
  };
  return fc
    .record({
      path: group('path'),
      query: group('query'),
      headers: group('header'),
      body: bodyOf(operation, known),
      // Mostly the right one: behind a closed door there is little to find.
      credential: fc.oneof(
        { weight: 15, arbitrary: fc.constant('right') },
        { weight: 3, arbitrary: fc.constantFrom('none', 'wrong', 'odd') },
      ),
      rawPath: seldom(30, fc.constantFrom('%zz', '%', '%00', '%2e%2e%2f', 'x'.repeat(300), '%E0%A4%A')),
      method: seldom(30, fc.constantFrom('HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE')),
    })
    .map(({ path, query, headers, body, credential, rawPath, method }): Planned => {
      const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => rawPath ?? inUrl(path[name]));
      const search = Object.entries(query).map(([name, one]) => `${encodeURIComponent(name)}=${inUrl(one)}`);
      const target = search.length > 0 ? `${filled}?${search.join('&')}` : filled;
      const sent = Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, inHeader(one)]));
      const type: Record<string, string> = body.type ? { 'content-type': body.type } : {};
      const verb = method ?? operation.method;
      return () => ({
        method: verb,
        path: target,
        headers: { ...sent, ...type, ...authorization(operation, world, credential, target) },
        ...(verb === 'GET' || verb === 'HEAD' || verb === 'TRACE' ? {} : { body: body.text }),
      });
    });
}

function seldom<T>(oneIn: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function bodyOf(operation: Operation, known: Known): fc.Arbitrary<{ type?: string; text?: string }> {
  const [type, schema] = Object.entries(operation.bodies)[0] ?? [];
  const json = (one: unknown) => ({ type: 'application/json', text: JSON.stringify(one) ?? 'undefined' });
  const odd = fc.constantFrom<{ type?: string; text?: string }>(
    {},
    { type: 'application/json', text: '' },
    { type: 'application/json', text: '{"lines":[' },
    { type: 'application/json', text: '{"__proto__":{"admin":true}}' },
    { type: 'application/json', text: `${'['.repeat(10_000)}` },
    { type: 'application/x-www-form-urlencoded', text: 'a=1&b=2' },
    { type: 'text/plain', text: 'NO----SECRET\nSECOND' },
    { type: 'text/html; charset=utf-16', text: '<p>' },
    { type: 'nonsense', text: 'x' },
    { text: 'no type at all' },
  );
  if (!schema) return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: odd });
  if (type !== 'application/json') {
    const raw = anyJson.map((one) => ({ ...(type ? { type } : {}), text: String(one) }));
    return fc.oneof({ weight: 4, arbitrary: raw }, { weight: 1, arbitrary: odd });
  }
  return fc.oneof(
    { weight: 8, arbitrary: fitting(schema, known).map(json) },
    { weight: 4, arbitrary: broken(schema, known).map(json) },
    { weight: 1, arbitrary: odd },
  );
}

function authorization(operation: Operation, world: World, which: string, path: string): Record<string, string> {
  if (which === 'none') return {};
  if (which === 'wrong') return { authorization: `Bearer ${'A'.repeat(43)}` };
  if (which === 'odd') return { authorization: `Bearer ${"' OR 1=1 --"}` };
  return world.authorize(operation, path);
}

function inUrl(value: unknown): string {
  return encodeURIComponent(textOf(value).toWellFormed()).slice(0, 2000);
}

/** Header values are Latin-1 without line ends; what else is tried cannot be sent. */
function inHeader(value: unknown): string {
  return (
    textOf(value)
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
      .slice(0, 1000) ||
    nastyTexts[1] ||
    ''
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
