import type { SessionUser } from '../../../contract/account.ts';
import { useTexts } from '../admin-texts.ts';
import { useTitle } from '../use-title.ts';
import { ApiTokens } from './api-tokens.tsx';
import { ChangePassword } from './change-password.tsx';
import { Greeting } from './greeting.tsx';
import classes from './home-page.module.css';
import { Places } from './places.tsx';

export function HomePage({ owner }: { owner: SessionUser }) {
  useTitle(useTexts()('home.title'));
  return (
    <div className={`cw-page ${classes.page}`}>
      <Greeting name={owner.displayName} />
      <div className={classes.columns}>
        <Places />
        <div className={classes.tokens}>
          <ApiTokens />
        </div>
        <ChangePassword login={owner.login} />
      </div>
    </div>
  );
}
