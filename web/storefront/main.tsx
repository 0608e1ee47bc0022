// The order of the style layers is set by the first sheet.
import '../ui/theme.css';
import './mantine-styles.ts';
import '../ui/layout.css';
import './storefront.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyColorScheme } from '../ui/color-scheme.ts';
import { prepareLanguage } from '../ui/language.ts';
import { createQueryClient } from '../ui/query-client.ts';
import { theme } from '../ui/theme.ts';
import { router } from './router.tsx';

const scheme = applyColorScheme();
// If the texts of another language cannot load, Chinese stands in rather than a blank page.
await prepareLanguage().catch(() => undefined);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme={scheme}>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
