import { Link } from '@tanstack/react-router';
import { useTexts } from '../admin-texts.ts';
import { placeGroups } from './places.ts';
import classes from './places-nav.module.css';

export function PlacesNav({ className, onGo }: { className?: string | undefined; onGo?: () => void }) {
  const t = useTexts();
  return (
    <nav className={className} aria-label={t('shell.places')}>
      {placeGroups.map((group) => (
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
