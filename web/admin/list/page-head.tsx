import type { ReactNode } from 'react';
import classes from './page-head.module.css';

interface Props {
  title: ReactNode;
  lead?: ReactNode;
  /** What can be done on this page. */
  children?: ReactNode;
}

export function PageHead({ title, lead, children }: Props) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>
        <h1 className="cw-page-title">{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  );
}
