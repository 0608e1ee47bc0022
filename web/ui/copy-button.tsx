import { Button, type ButtonProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';
import { useUiTexts } from './ui-texts.ts';

interface Props extends ButtonProps {
  text: string;
  label?: string;
  /** What is copied, for people who do not see the text beside the button. */
  describes?: string;
}

export function CopyButton({ text, label, describes, ...button }: Props) {
  const t = useUiTexts();
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const says = outcome === 'copied' ? t('ui.copied') : outcome === 'failed' ? t('ui.copyFailed') : '';
  const shown = outcome === 'copied' ? t('ui.copied') : (label ?? t('ui.copy'));
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={outcome === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />}
        aria-label={describes ? `${shown} ${describes}` : undefined}
        onClick={async () => setOutcome((await copyText(text)) ? 'copied' : 'failed')}
        {...button}
      >
        {shown}
      </Button>
      <span className={outcome === 'failed' ? undefined : 'cw-sr-only'} role="status">
        {says}
      </span>
    </>
  );
}
