import { Button, FileButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useId } from 'react';
import type { PictureView } from '../../../contract/pictures.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './picture-field.module.css';
import { usePictureTexts } from './picture-texts.ts';
import { pictureAccept } from './picture-upload.ts';
import { useUploads } from './use-uploads.ts';

interface Props {
  label: string;
  hint?: string;
  /** Where its small size is served, or nothing. */
  src: string | null;
  onChange: (picture: PictureView | null) => void;
}

/** One picture: a logo, an icon. */
export function PictureField({ label, hint, src, onChange }: Props) {
  const t = usePictureTexts();
  const id = useId();
  const { send, wrong, isSending, problem } = useUploads(onChange);
  return (
    <fieldset className={classes.field} aria-describedby={`${id}-hint`}>
      <legend className={classes.label}>{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
      <div className={classes.row}>
        <span className={classes.frame}>
          {src ? <img src={src} alt="" className={classes.picture} /> : <IconPhoto size={24} aria-hidden />}
        </span>
        <FileButton accept={pictureAccept} onChange={(file) => file && send([file])}>
          {(props) => (
            <Button {...props} variant="default" size="sm" loading={isSending}>
              {src ? t('replace') : t('add')}
            </Button>
          )}
        </FileButton>
        {src && (
          <Button variant="subtle" color="gray" size="sm" onClick={() => onChange(null)}>
            {t('remove')}
          </Button>
        )}
      </div>
      {wrong && (
        <p role="alert" className={classes.fault}>
          {t(wrong.fault, { name: wrong.name })}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </fieldset>
  );
}
