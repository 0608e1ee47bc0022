/** The fields in which two records differ, on both sides: what an audit entry needs to say, and no more. */
export function changedFields<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } {
  const difference = { before: {} as Partial<T>, after: {} as Partial<T> };
  for (const key of Object.keys({ ...before, ...after }) as (keyof T)[]) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    difference.before[key] = before[key];
    difference.after[key] = after[key];
  }
  return difference;
}
