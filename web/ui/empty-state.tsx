import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  hint?: string;
  children?: ReactNode;
  /** The heading of the page itself, where nothing else is on it. */
  asPage?: boolean;
}

export function EmptyState({ icon, title, hint, children, asPage }: Props) {
  const Heading = asPage ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      <div className={classes.icon} aria-hidden="true">
        {icon}
      </div>
      <Heading className={classes.title}>{title}</Heading>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
