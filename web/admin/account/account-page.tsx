import { useQuery } from '@tanstack/react-query';
import { useMay } from '../access/may.ts';
import { ownerQuery } from '../access/owner.ts';
import { useTexts } from '../admin-texts.ts';
import { useTitle } from '../use-title.ts';
import classes from './account-page.module.css';
import { ApiTokens } from './api-tokens.tsx';
import { ChangePassword } from './change-password.tsx';
import { MySessions } from './my-sessions.tsx';
import { OwnName } from './own-name.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What belongs to the one who is signed in: password, second factor, sessions, and the keys given to programs. */
export function AccountPage() {
  const t = useTexts();
  const owner = useQuery(ownerQuery).data;
  const may = useMay();
  useTitle(t('place.account'));
  return (
    <div className={`cw-page ${classes.page}`}>
      <h1 className="cw-page-title">{t('place.account')}</h1>
      {owner && <OwnName name={owner.displayName} />}
      <ChangePassword login={owner?.login ?? ''} />
      <SecondFactor />
      <MySessions />
      {may('tokens.read') && <ApiTokens />}
    </div>
  );
}
