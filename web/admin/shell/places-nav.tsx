import { Link } from '@tanstack/react-router';
import { useMay } from '../access/may.ts';
import { useTexts } from '../admin-texts.ts';
import { placeGroups } from './places.ts';
import classes from './places-nav.module.css';

export function PlacesNav({ className, onGo }: { className?: string | undefined; onGo?: () => void }) {
  const t = useTexts();
  const may = useMay();
  const groups = placeGroups
    .map((group) => ({ ...group, places: group.places.filter(({ needs }) => !needs || may(needs)) }))
    .filter(({ places }) => places.length > 0);
  return (
    <nav className={className} aria-label={t('shell.places')}>
      {groups.map((group) => (
        <div key={group.text ?? 'first'} className={classes.group}>
          {group.text && <div className={classes.heading}>{t(group.text)}</div>}
          <ul className={classes.list}>
            {group.places.map(({ to, text, icon: Icon, exact }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={classes.place}
                  activeOptions={{ exact: exact ?? false, includeSearch: false }}
                  {...(onGo && { onClick: onGo })}
                >
                  <Icon size={19} stroke={1.7} aria-hidden />
                  {t(text)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
