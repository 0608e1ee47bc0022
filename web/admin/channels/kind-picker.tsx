import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import type { ChannelKind } from './channels-api.ts';
import classes from './kind-picker.module.css';

export function KindPicker({ kinds }: { kinds: readonly ChannelKind[] }) {
  const language = useLanguage();
  return (
    <ul className={classes.kinds}>
      {kinds.map(({ kind, names, help }) => (
        <li key={kind}>
          <Link to="/channels/new" search={{ kind }} className={classes.kind}>
            <span className={classes.name}>{names[language]}</span>
            <span className={classes.help}>{help[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
