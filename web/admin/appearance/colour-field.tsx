import { Button } from '@mantine/core';
import { contrast, isReadable, readableColour } from '../../../contract/shop-colours.ts';
import { useAppearanceTexts } from './appearance-texts.ts';
import classes from './colour-field.module.css';

/** As the shop is made. */
export const jade = '#0d6650';

/** The browser's own picker, and what can be read. */
export function ColourField({ value, onChange }: { value: string | null; onChange: (colour: string | null) => void }) {
  const t = useAppearanceTexts();
  const colour = value ?? jade;
  const isGood = isReadable(colour);
  const better = readableColour(colour);
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor="shop-colour">
        {t('colour')}
      </label>
      <p className={classes.hint}>{t('colourHint')}</p>
      <div className={classes.row}>
        <input
          id="shop-colour"
          type="color"
          className={classes.input}
          value={colour}
          onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
        />
        <code>{colour}</code>
        {value !== null && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(null)}>
            {t('colourDefault')}
          </Button>
        )}
      </div>
      <p role="status" className={isGood ? classes.hint : classes.fault}>
        {isGood ? t('contrast', { ratio: contrast(colour, '#ffffff').toFixed(1) }) : t('colourLight')}{' '}
        {!isGood && (
          <Button variant="default" size="compact-sm" onClick={() => onChange(better)}>
            {t('colourDarker', { colour: better })}
          </Button>
        )}
      </p>
    </div>
  );
}
