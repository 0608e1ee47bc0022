import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useCardTexts } from './card-texts.ts';
import { purgeCards } from './cards-api.ts';

interface Props {
  ids: readonly number[];
  onDone: (report: { cards: number; refused: readonly { why: string }[] }) => void;
  onClose: () => void;
}

/** What cannot be undone is typed: the number of cards that go. */
export function PurgeDialog({ ids, onDone, onClose }: Props) {
  const t = useCardTexts();
  const [typed, setTyped] = useState('');
  return (
    <AskDialog
      title={t('purge.title')}
      says={t('purge.says', { count: ids.length })}
      confirm={t('purge.sure')}
      danger
      withReason
      blocked={typed.trim() !== String(ids.length)}
      run={async (reason) => onDone(await purgeCards(ids, Number(typed.trim()), reason))}
      onDone={() => {}}
      onClose={onClose}
    >
      <TextInput
        label={t('purge.type', { count: ids.length })}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
