import { useQuery } from '@tanstack/react-query';
import { useMay } from '../access/may.ts';
import { ownerQuery } from '../access/owner.ts';
import { useTexts } from '../admin-texts.ts';
import { firstRunQuery } from '../start/start-api.ts';
import { StartCard } from '../start/start-card.tsx';
import { useTitle } from '../use-title.ts';
import { Counter } from './counter.tsx';
import { Dashboard } from './dashboard.tsx';
import { Greeting } from './greeting.tsx';
import classes from './home-page.module.css';
import { Places } from './places.tsx';

export function HomePage() {
  const owner = useQuery(ownerQuery).data;
  const may = useMay();
  const mayReadFigures = may('overview.read');
  // Whether the first steps stand above the figures is known first: the figures would jump.
  const isWaiting = useQuery({ ...firstRunQuery, enabled: may('settings.change') }).isLoading;
  useTitle(useTexts()('home.title'));
  return (
    <div className={`cw-page ${classes.page}`}>
      <Greeting name={owner?.displayName ?? ''} />
      <StartCard />
      {!isWaiting && (mayReadFigures ? <Dashboard /> : <Counter />)}
      {!isWaiting && <Places />}
    </div>
  );
}
