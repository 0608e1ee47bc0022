import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import classes from '../channels/kind-picker.module.css';
import type { NotifierKind } from './notices-api.ts';

export function NotifierPicker({ kinds }: { kinds: readonly NotifierKind[] }) {
  const language = useLanguage();
  return (
    <ul className={classes.kinds}>
      {kinds.map(({ kind, names, help }) => (
        <li key={kind}>
          <Link to="/notices/new" search={{ kind }} className={classes.kind}>
            <span className={classes.name}>{names[language]}</span>
            <span className={classes.help}>{help[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
