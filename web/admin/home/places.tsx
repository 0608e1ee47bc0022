import { IconBuildingStore, IconChevronRight, IconCode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../admin-texts.ts';
import { CommandLine } from '../shell/command-line.tsx';
import classes from './places.module.css';

/** Where things are. */
export function Places() {
  const t = useTexts();
  return (
    <section className="cw-panel" aria-labelledby="places">
      <h2 id="places" className="cw-section-title">
        {t('home.places')}
      </h2>
      <ul className={classes.list}>
        <Place href="/" icon={<IconBuildingStore size={20} />} name={t('home.shop')} hint={t('home.shopHint')} />
        <Place href="/api/docs" icon={<IconCode size={20} />} name={t('home.docs')} hint={t('home.docsHint')} />
      </ul>
      <p className={classes.hint}>{t('home.command')}</p>
      <CommandLine command="npx cardwell --help" />
    </section>
  );
}

function Place({ href, icon, name, hint }: { href: string; icon: ReactNode; name: string; hint: string }) {
  return (
    <li>
      <a href={href} className={classes.place}>
        <span className={classes.icon} aria-hidden="true">
          {icon}
        </span>
        <span className={classes.text}>
          <span className={classes.name}>{name}</span>
          <span className={classes.hint}>{hint}</span>
        </span>
        <IconChevronRight size={18} aria-hidden />
      </a>
    </li>
  );
}
