import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTexts } from '../shop-texts.ts';
import { BottomTabs } from './bottom-tabs.tsx';
import { Notices } from './notices.tsx';
import classes from './shell.module.css';
import { ShopFooter } from './shop-footer.tsx';
import { TopBar } from './top-bar.tsx';

/** What surrounds every page. */
export function Shell() {
  const t = useTexts();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const lastPath = useRef(path);
  // A new page begins at its content for the keyboard and for screen readers, as a full page load would.
  useEffect(() => {
    if (lastPath.current === path) return;
    lastPath.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('nav.skip')}
      </a>
      <TopBar />
      <Notices />
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <ShopFooter />
      <BottomTabs />
    </div>
  );
}
