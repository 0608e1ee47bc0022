import { ActionIcon, Drawer } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../admin-texts.ts';
import { PlacesNav } from './places-nav.tsx';
import classes from './shell.module.css';

/** The places on a phone: behind a button, over the page. */
export function PlacesMenu() {
  const t = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionIcon
        className={classes.menu}
        variant="subtle"
        color="gray"
        size="lg"
        c="inherit"
        aria-label={t('shell.openPlaces')}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <IconMenu2 size={22} aria-hidden />
      </ActionIcon>
      <Drawer.Root opened={isOpen} onClose={() => setOpen(false)} size={288}>
        <Drawer.Overlay />
        <Drawer.Content>
          <div className={classes.menuHead}>
            <Drawer.Title>{t('shell.part')}</Drawer.Title>
            <Drawer.CloseButton aria-label={t('shell.close')} />
          </div>
          <Drawer.Body>
            <PlacesNav onGo={() => setOpen(false)} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  );
}
