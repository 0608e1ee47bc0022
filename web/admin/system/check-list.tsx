import type { Rehearsal } from '../../../contract/system.ts';
import { StatusBadge } from '../list/status-badge.tsx';
import classes from './system.module.css';
import { useSystemTexts } from './system-texts.ts';

/** The checks of an audit; those that do not hold come first, with some of what is wrong. */
export function CheckList({ checks }: Pick<Rehearsal, 'checks'>) {
  const t = useSystemTexts();
  // A newer program may know checks that this page has no words for.
  const text = t as unknown as (key: string) => string | undefined;
  const sorted = [...checks].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <ul className={classes.list}>
      {sorted.map(({ id, says, ok, sample }) => (
        <li key={id} className={classes.row}>
          <StatusBadge tone={ok ? 'good' : 'bad'}>{id}</StatusBadge>
          <div>
            <p>{known(`check.${id}`) ? text(`check.${id}`) : says}</p>
            {sample.map((line) => (
              <p key={line} className={classes.small} lang="en">
                {line}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

const known = (key: string): boolean => /^check\.(INV-([1-79]|10)|LOG-1)$/.test(key);
