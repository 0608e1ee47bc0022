import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../admin-texts.ts';
import classes from './dialog.module.css';

interface Props {
  title: string;
  /** For forms with many fields. */
  wide?: boolean;
  /** A click beside it closes it: not where something typed would be lost. */
  light?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the page. Its head is no <header>: the kit's would be a second banner of the page to screen readers. */
export function Dialog({ title, wide, light, onClose, children }: Props) {
  const t = useTexts();
  return (
    <Modal.Root opened onClose={onClose} size={wide ? 'lg' : 'md'} closeOnClickOutside={light ?? false}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('ask.close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
