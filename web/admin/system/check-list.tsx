import type { Rehearsal } from '../../../contract/system.ts';
import { StatusBadge } from '../list/status-badge.tsx';
import { zh } from './locales/zh.ts';
import classes from './system.module.css';
import { useSystemTexts } from './system-texts.ts';

type CheckText = Extract<keyof typeof zh, `check.${string}`>;
const hasText = (key: string): key is CheckText => Object.hasOwn(zh, key);

/** The checks of an audit; those that do not hold come first, with some of what is wrong. */
export function CheckList({ checks }: Pick<Rehearsal, 'checks'>) {
  const t = useSystemTexts();
  // A newer program may know checks that this page has no words for.
  const textOf = (key: string, says: string) => (hasText(key) ? t(key) : says);
  const sorted = [...checks].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <ul className={classes.list}>
      {sorted.map(({ id, says, ok, sample }) => (
        <li key={id} className={classes.row}>
          <StatusBadge tone={ok ? 'good' : 'bad'}>{id}</StatusBadge>
          <div>
            <p>{textOf(`check.${id}`, says)}</p>
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
