import { useState } from 'react';

/** What is typed into a form: one state, and a setter for each field. */
export function useDraft<T extends object>(initial: T) {
  const [draft, setDraft] = useState(initial);
  const set =
    <K extends keyof T>(name: K) =>
    (value: T[K]) =>
      setDraft((before) => ({ ...before, [name]: value }));
  return { draft, set, setDraft };
}
