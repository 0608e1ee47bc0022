type Scheme = 'auto' | 'light' | 'dark';

/**
 * The stored choice, or else the shop's, is put on the document before React starts, so a dark page does not flash white.
 * @returns what the shop begins with, as its own style sheet says
 */
export function applyColorScheme(): Scheme {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Without storage the system's choice stands.
  }
  const root = document.documentElement;
  const says = getComputedStyle(root).getPropertyValue('--cw-scheme').trim();
  const own: Scheme = says === 'light' || says === 'dark' ? says : 'auto';
  const wanted = stored === 'dark' || stored === 'light' ? stored : own;
  const dark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  return own;
}
