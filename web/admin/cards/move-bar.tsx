import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MovedCards } from '../../../contract/card.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from '../list/selection-bar.module.css';
import { useCardTexts } from './card-texts.ts';
import { type Move, moveCards, moves } from './cards-api.ts';

interface Props {
  skuId: number;
  ids: readonly number[];
  onDone: () => void;
}

/** What can be done with the selected cards. What was refused is told, with the reason of each. */
export function MoveBar({ skuId, ids, onDone }: Props) {
  const t = useCardTexts();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Move>();
  const [report, setReport] = useState<MovedCards>();
  const done = () => {
    setAsked(undefined);
    void client.invalidateQueries({ queryKey: ['cards', skuId] });
  };
  return (
    <div className={classes.bar}>
      <span>{t('selected', { count: ids.length })}</span>
      {moves.map((move) => (
        <Button key={move} variant="default" size="sm" onClick={() => setAsked(move)}>
          {t(`move.${move}`)}
        </Button>
      ))}
      {report && <Report report={report} />}
      {asked && (
        <AskDialog
          title={t(`move.${asked}`)}
          says={t(`move.${asked}Says`)}
          confirm={t(`move.${asked}`)}
          danger={asked === 'withdraw'}
          withReason
          run={async (reason) => {
            const moved = await moveCards(asked, ids, reason);
            setReport(moved);
            if (moved.refused.length === 0) onDone();
          }}
          onDone={done}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

function Report({ report: { moved, refused } }: { report: MovedCards }) {
  const t = useCardTexts();
  const reasons = [...new Set(refused.map((one) => one.why))].map((why) =>
    why === 'card-not-found' || why === 'was-issued' ? t(`why.${why}`) : why,
  );
  return (
    <span role="status" className={classes.report}>
      {t('move.done', { count: moved.length })}{' '}
      {refused.length > 0 && t('move.refused', { count: refused.length, why: reasons.join('、') })}
    </span>
  );
}
