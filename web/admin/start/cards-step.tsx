import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FirstRun } from '../../../contract/appearance.ts';
import { IfMay } from '../access/if-may.tsx';
import { ImportDialog } from '../cards/import-dialog.tsx';
import { stateOf } from './start-api.ts';
import { useStartTexts } from './start-texts.ts';

export function CardsStep({ run, onDone }: { run: FirstRun; onDone: () => void }) {
  const t = useStartTexts();
  const [isOpen, setOpen] = useState(false);
  const skuId = run.product?.skuId;
  const isDone = stateOf(run, 'cards') === 'done';
  return (
    <section className="cw-panel cw-stack">
      <p className="cw-soft">{t(isDone ? 'cards.done' : skuId ? 'cards.says' : 'cards.noProduct')}</p>
      {skuId && run.product?.needsCards && (
        <IfMay action="cards.import">
          <div>
            <Button variant={isDone ? 'default' : 'filled'} onClick={() => setOpen(true)}>
              {t(isDone ? 'cards.more' : 'cards.import')}
            </Button>
          </div>
        </IfMay>
      )}
      {isOpen && skuId && <ImportDialog skuId={skuId} onImported={onDone} onClose={() => setOpen(false)} />}
    </section>
  );
}
