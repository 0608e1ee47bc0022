/** Which of the few pages is shown: what stands behind /admin in the address, and behind its #. */
import { useSyncExternalStore } from 'react';

const base = '/admin';
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  // Going back, and another link opened in the same tab.
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

/** `/`, `/setup`, `/login`. */
export const usePlace = (): string =>
  useSyncExternalStore(subscribe, () => location.pathname.slice(base.length).replace(/\/+$/, '') || '/');
export const useFragment = (): string => useSyncExternalStore(subscribe, () => location.hash.slice(1));

/** Takes the place of the page before it: behind a sign-in, or a link that works once, there is nothing to go back to. */
export function goTo(place: '/' | '/login'): void {
  history.replaceState(null, '', base + place);
  for (const listener of listeners) listener();
}
