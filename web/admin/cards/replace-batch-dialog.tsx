import { useState } from 'react';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useCardTexts } from './card-texts.ts';
import { replaceBatch } from './cards-api.ts';

interface Props {
  batchId: number;
  onDone: (report: { replaced: number; failed: number }) => void;
  onClose: () => void;
}

/** Goes on step by step until everybody has been given another card, telling how far it is. */
export function ReplaceBatchDialog({ batchId, onDone, onClose }: Props) {
  const t = useCardTexts();
  const [replaced, setReplaced] = useState<number>();
  const run = async (reason: string) => {
    let [done, failed] = [0, 0];
    for (let after: number | null = 0; after !== null; ) {
      const step = await replaceBatch(batchId, after, reason);
      done += step.replaced;
      failed += step.failed.reduce((sum, one) => sum + one.cards, 0);
      setReplaced(done);
      after = step.next;
    }
    onDone({ replaced: done, failed });
  };
  return (
    <AskDialog
      title={t('batch.replaceNamed', { id: batchId })}
      says={t('batch.replaceSays')}
      confirm={t('batch.replaceSure')}
      danger
      withReason
      run={run}
      onDone={() => {}}
      onClose={onClose}
    >
      {replaced !== undefined && <span role="status">{t('batch.replaced', { count: replaced })}</span>}
    </AskDialog>
  );
}
