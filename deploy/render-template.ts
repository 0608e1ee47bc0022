/**
 * Text with places in it -> text. `{{name}}` is a value; `{{#each list}}` ... `{{/each}}` and `{{#if name}}` ... `{{/if}}` stand on
 * lines of their own and take the lines between them. An unknown name is an error, and so is a value that would break out of
 * its line: what comes out is read by programs that run as root.
 */
export type TemplateValue = string | number | boolean | readonly TemplateValues[];
export interface TemplateValues {
  readonly [name: string]: TemplateValue;
}

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

type Part = { kind: 'line'; text: string } | { kind: 'each' | 'if'; name: string; parts: Part[] };

export function renderTemplate(template: string, values: TemplateValues): string {
  const lines = template.split('\n');
  const parts = parse(lines, undefined);
  return renderParts(parts, values).join('\n');
}

function parse(lines: string[], until: 'each' | 'if' | undefined): Part[] {
  const parts: Part[] = [];
  while (lines.length > 0) {
    const text = lines.shift() ?? '';
    const [, opens, name] = /^\s*\{\{#(each|if) (\w+)\}\}\s*$/.exec(text) ?? [];
    const [, closes] = /^\s*\{\{\/(each|if)\}\}\s*$/.exec(text) ?? [];
    if (closes) {
      if (closes !== until) throw new TemplateError(`{{/${closes}}} closes nothing`);
      return parts;
    }
    if (opens) {
      const kind = opens as 'each' | 'if';
      parts.push({ kind, name: name as string, parts: parse(lines, kind) });
    } else parts.push({ kind: 'line', text });
  }
  if (until) throw new TemplateError(`{{#${until}}} is not closed`);
  return parts;
}

function renderParts(parts: readonly Part[], values: TemplateValues): string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'line') return [renderLine(part.text, values)];
    const value = lookUp(part.name, values);
    if (part.kind === 'if') {
      const isThere = Array.isArray(value) ? value.length > 0 : value !== false && value !== '';
      return isThere ? renderParts(part.parts, values) : [];
    }
    if (!Array.isArray(value)) throw new TemplateError(`${part.name} is no list`);
    return (value as readonly TemplateValues[]).flatMap((item) => renderParts(part.parts, { ...values, ...item }));
  });
}

function renderLine(text: string, values: TemplateValues): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = lookUp(name, values);
    if (typeof value !== 'string' && typeof value !== 'number') throw new TemplateError(`${name} is no text`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    if (/[\u0000-\u001f\u007f]/.test(String(value))) throw new TemplateError(`${name} holds a control character`);
    return String(value);
  });
}

function lookUp(name: string, values: TemplateValues): TemplateValue {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw new TemplateError(`there is no value for ${name}`);
  return value;
}
