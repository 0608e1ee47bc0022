/** Brings the first field that needs a second look, by its id, under the cursor and into view. */
export function focusFirst(faulty: Readonly<Record<string, boolean>>): void {
  const id = Object.keys(faulty).find((name) => faulty[name]);
  const field = id && document.getElementById(id);
  if (!field) return;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
}
