import { useQuery } from '@tanstack/react-query';
import { ownerQuery } from '../access/owner.ts';
import { useTexts } from '../admin-texts.ts';
import { useTitle } from '../use-title.ts';
import classes from './account-page.module.css';
import { ApiTokens } from './api-tokens.tsx';
import { ChangePassword } from './change-password.tsx';

/** What belongs to the one who is signed in: the password, and the keys given to programs. */
export function AccountPage() {
  const t = useTexts();
  const owner = useQuery(ownerQuery).data;
  useTitle(t('place.account'));
  return (
    <div className={`cw-page ${classes.page}`}>
      <h1 className="cw-page-title">{t('place.account')}</h1>
      <ChangePassword login={owner?.login ?? ''} />
      <ApiTokens />
    </div>
  );
}
