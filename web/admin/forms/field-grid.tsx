import type { ReactNode } from 'react';
import classes from './field-grid.module.css';

/** Fields side by side where there is room for two. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}
