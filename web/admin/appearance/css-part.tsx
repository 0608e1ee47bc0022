import { Button, Textarea } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { maxCustomCss } from '../../../contract/appearance.ts';
import { useAppearanceTexts } from './appearance-texts.ts';
import type { PartProps } from './look-part.tsx';

export function CssPart({ draft, set }: PartProps) {
  const t = useAppearanceTexts();
  return (
    <>
      <Textarea
        label={t('css')}
        description={t('cssHint')}
        autosize
        minRows={12}
        maxRows={30}
        maxLength={maxCustomCss}
        spellCheck={false}
        ff="monospace"
        value={draft.customCss}
        onChange={(event) => set('customCss')(event.currentTarget.value)}
      />
      <div className="cw-spread">
        <span className="cw-soft">{t('cssSafe')}</span>
        <Button
          component="a"
          href="/safe-mode"
          target="_blank"
          rel="noopener"
          variant="default"
          flex="none"
          rightSection={<IconExternalLink size={16} aria-hidden />}
        >
          {t('cssSafeOpen')}
        </Button>
      </div>
    </>
  );
}
