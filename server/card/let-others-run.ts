/** Ends a stretch of work that keeps the event loop busy: requests that came in meanwhile are served first. */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
