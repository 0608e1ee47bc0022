import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { ColorSchemeSwitch } from '../../ui/color-scheme-switch.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { ownerQuery } from '../access/owner.ts';
import { useTexts } from '../admin-texts.ts';
import { shopQuery } from '../queries.ts';
import { PlacesMenu } from './places-menu.tsx';
import classes from './shell.module.css';
import { SignOut } from './sign-out.tsx';

/** What surrounds every page. */
export function Shell() {
  const t = useTexts();
  const shop = useQuery(shopQuery).data;
  const isSignedIn = Boolean(useQuery({ ...ownerQuery, enabled: false }).data);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const lastPath = useRef(path);
  // A new page begins at its content for the keyboard and for screen readers, as a full page load would.
  useEffect(() => {
    if (lastPath.current === path) return;
    lastPath.current = path;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={classes.shell}>
      <header className={classes.bar}>
        <div className={classes.inner}>
          {isSignedIn && <PlacesMenu />}
          <Link to="/" className={classes.brand}>
            <BrandMark />
            <span className={classes.names}>
              <span className={classes.name}>{shop?.name ?? 'Cardwell'}</span>
              <span className={classes.part}>{t('shell.part')}</span>
            </span>
          </Link>
          <div className={classes.switches}>
            <LanguageSwitch />
            <ColorSchemeSwitch />
            <SignOut />
          </div>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}
