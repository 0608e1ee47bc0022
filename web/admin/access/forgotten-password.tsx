import { useTexts } from '../admin-texts.ts';
import { CommandLine } from '../shell/command-line.tsx';
import classes from './forgotten-password.module.css';

/** Whoever may use the machine is the owner: no mail, no question about a first pet. */
export function ForgottenPassword() {
  const t = useTexts();
  return (
    <details className={classes.more}>
      <summary>{t('login.forgotten')}</summary>
      <p>{t('login.forgottenHow')}</p>
      <CommandLine command="npx cardwell setup-link" />
    </details>
  );
}
