import type { ReactNode } from 'react';
import classes from './access-card.module.css';

interface Props {
  icon: ReactNode;
  tone?: 'calm' | 'warning';
  title: string;
  lead?: string;
  children?: ReactNode;
}

/** One thing to do, in the middle of the page. */
export function AccessCard({ icon, tone = 'calm', title, lead, children }: Props) {
  return (
    <div className={classes.place}>
      <section className={classes.card} aria-labelledby="title">
        <div className={classes.icon} data-tone={tone} aria-hidden="true">
          {icon}
        </div>
        <h1 id="title" className={classes.title}>
          {title}
        </h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </section>
    </div>
  );
}
