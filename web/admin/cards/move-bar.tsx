import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from '../list/selection-bar.module.css';
import { useCardTexts } from './card-texts.ts';
import { type Move, moveCards, moves } from './cards-api.ts';
import { ChangeSkuDialog } from './change-sku-dialog.tsx';
import { PurgeDialog } from './purge-dialog.tsx';

interface Props {
  ids: readonly number[];
  /** Where they are filed; without it they may be of several variants. */
  skuId?: number;
  /** All of them lie in the recycle bin. */
  withdrawn?: boolean;
  onDone: () => void;
}

interface Told {
  done: number;
  refused: readonly { why: string }[];
}

/** What can be done with the selected cards. What was refused is told, with the reason of each. */
export function MoveBar({ skuId, ids, withdrawn, onDone }: Props) {
  const t = useCardTexts();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Move | 'sku' | 'purge'>();
  const [told, setTold] = useState<Told>();
  const close = () => setAsked(undefined);
  const tell = (report: Told) => {
    setTold(report);
    close();
    void client.invalidateQueries({ queryKey: ['cards'] });
    if (report.refused.length === 0) onDone();
  };
  const move = asked === 'sku' || asked === 'purge' ? undefined : asked;
  return (
    <div className={classes.bar}>
      <span>{t('selected', { count: ids.length })}</span>
      {moves.map((one) => (
        <Button key={one} variant="default" size="sm" onClick={() => setAsked(one)}>
          {t(`move.${one}`)}
        </Button>
      ))}
      {skuId !== undefined && (
        <Button variant="default" size="sm" onClick={() => setAsked('sku')}>
          {t('sku.title')}
        </Button>
      )}
      {withdrawn && (
        <IfMay action="cards.purge">
          <Button variant="light" color="red" size="sm" onClick={() => setAsked('purge')}>
            {t('purge.title')}
          </Button>
        </IfMay>
      )}
      {told && <Report told={told} />}
      {move && (
        <AskDialog
          title={t(`move.${move}`)}
          says={t(`move.${move}Says`)}
          confirm={t(`move.${move}`)}
          danger={move === 'withdraw'}
          withReason
          run={async (reason) => {
            const { moved, refused } = await moveCards(move, ids, reason);
            tell({ done: moved.length, refused });
          }}
          onDone={close}
          onClose={close}
        />
      )}
      {asked === 'sku' && skuId !== undefined && (
        <ChangeSkuDialog
          ids={ids}
          fromSkuId={skuId}
          onDone={({ moved, refused }) => tell({ done: moved, refused })}
          onClose={close}
        />
      )}
      {asked === 'purge' && (
        <PurgeDialog ids={ids} onDone={({ cards, refused }) => tell({ done: cards, refused })} onClose={close} />
      )}
    </div>
  );
}

const known = ['card-not-found', 'was-issued', 'was-exported'] as const;
const states = ['available', 'locked', 'sold', 'quarantined', 'withdrawn', 'inTransfer'] as const;

function Report({ told: { done, refused } }: { told: Told }) {
  const t = useCardTexts();
  const reasons = [...new Set(refused.map((one) => one.why))].map((why) => {
    const ours = known.find((one) => one === why);
    const state = states.find((one) => one === why);
    return ours ? t(`why.${ours}`) : state ? t(`count.${state}`) : why;
  });
  return (
    <span role="status" className={classes.report}>
      {t('move.done', { count: done })}{' '}
      {refused.length > 0 && t('move.refused', { count: refused.length, why: reasons.join('、') })}
    </span>
  );
}
