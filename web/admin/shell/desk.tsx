import { Outlet, useRouterState } from '@tanstack/react-router';
import { OwnersOnly } from '../access/owners-only.tsx';
import classes from './desk.module.css';
import { NothingHere } from './nothing-here.tsx';
import { needOf } from './places.ts';
import { PlacesNav } from './places-nav.tsx';

/** What only those who are signed in see: the places of the console, and the page of the one that is open. */
export function Desk() {
  const need = needOf(useRouterState({ select: (state) => state.location.pathname }).replace(/^\/admin/, ''));
  return (
    <OwnersOnly>
      {({ actions }) => (
        <div className={classes.desk}>
          <PlacesNav className={classes.side} />
          <div className={classes.page}>{need && !actions.has(need) ? <NothingHere /> : <Outlet />}</div>
        </div>
      )}
    </OwnersOnly>
  );
}
