import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Jade: calm and trusted. Shade 7 carries white text at 6:1, shade 3 reads on the dark surfaces. */
const jade: MantineColorsTuple = [
  '#edf6f2',
  '#dbece4',
  '#b7d9cb',
  '#8fc7b0',
  '#5fae92',
  '#3d9577',
  '#1b7a5e',
  '#0d6650',
  '#0a5341',
  '#063f31',
];
/** Warm green-greys instead of the kit's blue ones. */
const dark: MantineColorsTuple = [
  '#e4e8e5',
  '#c3cbc6',
  '#9fa9a3',
  '#78837d',
  '#46504b',
  '#37403c',
  '#262d2a',
  '#1c2220',
  '#151a18',
  '#0e1211',
];

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Hiragino Sans GB", ' +
  '"Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Helvetica Neue", Arial, sans-serif';

export const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 7, dark: 6 },
  colors: { jade, dark },
  fontFamily: sans,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, monospace',
  headings: { fontFamily: sans, fontWeight: '650' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
});
