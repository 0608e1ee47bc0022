/** Forms as Stripe takes them: `line_items[0][price_data][currency]=usd` is a path into an object. */
export type Nested = { [name: string]: Nested | string };

export function nestedForm(text: string): Nested {
  const root: Nested = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? '';
    let place = root;
    for (const part of path) {
      const next = place[part];
      if (typeof next === 'object') place = next;
      else {
        const fresh: Nested = {};
        place[part] = fresh;
        place = fresh;
      }
    }
    place[last] = value;
  }
  return root;
}

export function at(form: Nested, ...path: string[]): string {
  let place: Nested | string | undefined = form;
  for (const part of path) place = typeof place === 'object' ? place[part] : undefined;
  return typeof place === 'string' ? place : '';
}
