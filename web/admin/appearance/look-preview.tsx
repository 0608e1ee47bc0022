import type { Appearance } from '../../../contract/appearance.ts';
import { shopColours } from '../../../contract/shop-colours.ts';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { useLanguage } from '../../ui/language.ts';
import { useAppearanceTexts } from './appearance-texts.ts';
import { jade } from './colour-field.tsx';
import classes from './look-preview.module.css';

type Look = Pick<Appearance, 'name' | 'slogan' | 'colour' | 'logo'>;

/** The head of the shop as it will be, by day and by night. A picture of it: nothing in it can be pressed. */
export function LookPreview({ look }: { look: Look }) {
  const t = useAppearanceTexts();
  return (
    <section className={classes.previews} aria-label={t('preview')}>
      <OnePreview look={look} scheme="light" label={t('previewLight')} />
      <OnePreview look={look} scheme="dark" label={t('previewDark')} />
    </section>
  );
}

function OnePreview({ look, scheme, label }: { look: Look; scheme: 'light' | 'dark'; label: string }) {
  const t = useAppearanceTexts();
  const language = useLanguage();
  const colours = shopColours(look.colour ?? jade);
  const { text, soft } = colours[scheme];
  const name = (language === 'en' && look.name.en) || look.name.zh;
  const slogan = (language === 'en' && look.slogan.en) || look.slogan.zh || t('previewSlogan');
  const own = { '--own-text': text, '--own-soft': soft, '--own-fill': colours.filled, '--cw-brand': colours.filled };
  return (
    <figure className={classes.figure}>
      <div className={classes.shop} data-scheme={scheme} style={own as React.CSSProperties} aria-hidden="true">
        <div className={classes.bar}>
          {look.logo ? <img className={classes.logo} src={look.logo.url} alt="" /> : <BrandMark />}
          <span className={classes.name}>{name}</span>
        </div>
        <p className={classes.slogan}>{slogan}</p>
        <div className={classes.row}>
          <span className={classes.button}>{t('previewButton')}</span>
          <span className={classes.link}>{t('previewLink')}</span>
        </div>
      </div>
      <figcaption className={classes.caption}>{label}</figcaption>
    </figure>
  );
}
