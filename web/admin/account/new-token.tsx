import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CreatedToken } from '../../../contract/account.ts';
import { useTexts } from '../admin-texts.ts';
import { CommandLine } from '../shell/command-line.tsx';
import classes from './new-token.module.css';

/** The one time that a token is shown. */
export function NewToken({ created, onDone }: { created: CreatedToken; onDone: () => void }) {
  const t = useTexts();
  return (
    <section className={classes.token} aria-labelledby="new-token">
      <h3 id="new-token" className={classes.title}>
        {t('tokens.newTitle', { name: created.name })}
      </h3>
      <p role="status" className={classes.warning}>
        <IconAlertTriangle size={18} aria-hidden />
        <span>{t('tokens.once')}</span>
      </p>
      <CommandLine command={created.token} describes={t('tokens.theToken')} />
      <p className={classes.use}>
        {t('tokens.use')} <code>Authorization: Bearer …</code>
      </p>
      <Button size="sm" variant="default" onClick={onDone}>
        {t('tokens.kept')}
      </Button>
    </section>
  );
}
