import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTexts } from '../admin-texts.ts';
import classes from './greeting.module.css';

export function Greeting({ name }: { name: string }) {
  const t = useTexts();
  return (
    <section className={classes.greeting}>
      <div>
        <h1 className={classes.headline}>{t('home.greeting', { name })}</h1>
        <p className={classes.lead}>{t('home.lead')}</p>
      </div>
      <Button
        component="a"
        href="/"
        target="_blank"
        rel="noopener"
        size="md"
        variant="white"
        color="jade.7"
        className={classes.button}
        rightSection={<IconExternalLink size={18} aria-hidden />}
      >
        {t('home.openShop')}
      </Button>
    </section>
  );
}
