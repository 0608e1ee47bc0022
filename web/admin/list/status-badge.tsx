import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

export type Tone = 'good' | 'wait' | 'bad' | 'calm';

/** A state in a word; the colour only helps to find it. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
