import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { ColorSchemeSwitch } from '../../ui/color-scheme-switch.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { useTexts } from '../admin-texts.ts';
import { shopQuery } from '../queries.ts';
import classes from './shell.module.css';
import { SignOut } from './sign-out.tsx';

/** What surrounds every page. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTexts();
  const shop = useQuery(shopQuery).data;
  return (
    <div className={classes.shell}>
      <header className={classes.bar}>
        <div className={`cw-page ${classes.inner}`}>
          <a href="/admin/" className={classes.brand}>
            <BrandMark />
            <span className={classes.names}>
              <span className={classes.name}>{shop?.name ?? 'Cardwell'}</span>
              <span className={classes.part}>{t('shell.part')}</span>
            </span>
          </a>
          <div className={classes.switches}>
            <LanguageSwitch />
            <ColorSchemeSwitch />
            <SignOut />
          </div>
        </div>
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
