import { Outlet } from '@tanstack/react-router';
import { OwnersOnly } from '../access/owners-only.tsx';
import classes from './desk.module.css';
import { PlacesNav } from './places-nav.tsx';

/** What only those who are signed in see: the places of the console, and the page of the one that is open. */
export function Desk() {
  return (
    <OwnersOnly>
      {() => (
        <div className={classes.desk}>
          <PlacesNav className={classes.side} />
          <div className={classes.page}>
            <Outlet />
          </div>
        </div>
      )}
    </OwnersOnly>
  );
}
