import { Button, Progress } from '@mantine/core';
import { useCardTexts } from './card-texts.ts';

export function ImportProgress({ sent, onStop }: { sent: number; onStop: () => void }) {
  const t = useCardTexts();
  const percent = Math.floor(sent * 100);
  const says = percent >= 100 ? t('import.working') : t('import.sending', { percent });
  return (
    <div className="cw-stack">
      <Progress value={percent} size="lg" animated aria-label={says} />
      <div className="cw-spread">
        <span role="status">{says}</span>
        <Button variant="default" onClick={onStop}>
          {t('import.stop')}
        </Button>
      </div>
    </div>
  );
}
