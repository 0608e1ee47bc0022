import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { type AdminProductPicture, picturesPerProduct } from '../../../contract/pictures.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './picture-list.module.css';
import { usePictureTexts } from './picture-texts.ts';
import { pictureAccept } from './picture-upload.ts';
import { useUploads } from './use-uploads.ts';

interface Props {
  pictures: readonly AdminProductPicture[];
  onChange: (edit: (pictures: readonly AdminProductPicture[]) => AdminProductPicture[]) => void;
}

/** The pictures of a product, in their order; the first is its cover. Part of the product's form, saved with it. */
export function PictureList({ pictures, onChange }: Props) {
  const t = usePictureTexts();
  const { send, wrong, isSending, problem } = useUploads((picture) =>
    onChange((before) =>
      before.some(({ id }) => id === picture.id) ? [...before] : [...before, { ...picture, alt: '', altEn: '' }],
    ),
  );
  const room = picturesPerProduct - pictures.length;
  return (
    <section className="cw-panel cw-stack" aria-labelledby="pictures">
      <div>
        <h2 id="pictures" className="cw-section-title">
          {t('title')}
        </h2>
        <p className={classes.lead}>{t('lead')}</p>
      </div>
      {pictures.length === 0 && <p className={classes.lead}>{t('none')}</p>}
      <ul className={classes.list}>
        {pictures.map((picture, at) => (
          <PictureCard key={picture.id} picture={picture} at={at} count={pictures.length} onChange={onChange} />
        ))}
      </ul>
      {wrong && (
        <p role="alert" className={classes.fault}>
          {t(wrong.fault, { name: wrong.name })}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div>
        {room > 0 ? (
          <FileButton accept={pictureAccept} multiple onChange={(files) => send(files.slice(0, room))}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={isSending}
                leftSection={<IconPhotoPlus size={18} aria-hidden />}
              >
                {t('add')}
              </Button>
            )}
          </FileButton>
        ) : (
          <p className={classes.lead}>{t('tooMany', { count: picturesPerProduct })}</p>
        )}
      </div>
    </section>
  );
}

function PictureCard(props: { picture: AdminProductPicture; at: number; count: number; onChange: Props['onChange'] }) {
  const { picture, at, count, onChange } = props;
  const t = usePictureTexts();
  const number = at + 1;
  const set = (fields: Partial<AdminProductPicture>) =>
    onChange((before) => before.map((one) => (one.id === picture.id ? { ...one, ...fields } : one)));
  const move = (by: -1 | 1) =>
    onChange((before) => {
      const others = before.filter((one) => one.id !== picture.id);
      return others.toSpliced(at + by, 0, picture);
    });
  return (
    <li className={classes.card}>
      <div className={classes.frame}>
        <img
          src={picture.url}
          srcSet={picture.srcset}
          sizes="220px"
          width={picture.width}
          height={picture.height}
          alt={picture.alt}
          className={classes.picture}
        />
        {at === 0 && <span className={classes.cover}>{t('cover')}</span>}
      </div>
      <TextInput
        size="xs"
        label={t('alt')}
        description={t('altHint')}
        maxLength={200}
        value={picture.alt}
        onChange={(event) => set({ alt: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        label={t('altEn')}
        maxLength={200}
        lang="en"
        value={picture.altEn}
        onChange={(event) => set({ altEn: event.currentTarget.value })}
      />
      <div className={classes.actions}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('forward', { number })}
          disabled={at === 0}
          onClick={() => move(-1)}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('back', { number })}
          disabled={number === count}
          onClick={() => move(1)}
        >
          <IconArrowRight size={18} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="red"
          size="lg"
          ml="auto"
          aria-label={t('removeNamed', { number })}
          onClick={() => onChange((before) => before.filter((one) => one.id !== picture.id))}
        >
          <IconTrash size={18} />
        </ActionIcon>
      </div>
    </li>
  );
}
