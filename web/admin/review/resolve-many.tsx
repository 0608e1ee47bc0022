import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ResolutionAction } from '../../../contract/states.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from '../list/selection-bar.module.css';
import { actionsOfKind } from './actions-of-kind.ts';
import { type ReviewCase, resolveCases } from './review-api.ts';
import { useReviewTexts } from './review-texts.ts';

interface Props {
  cases: readonly ReviewCase[];
  onDone: () => void;
  onClear: () => void;
}

/** The same decision for many cases. Only what every one of them allows, and what needs no further field. */
export function ResolveMany({ cases, onDone, onClear }: Props) {
  const t = useReviewTexts();
  const [asked, setAsked] = useState<ResolutionAction>();
  const [told, setTold] = useState<string>();
  const shared = (['issue', 'refund', 'release', 'confirm', 'close'] as const).filter((action) =>
    cases.every((found) => actionsOfKind[found.kind].includes(action)),
  );
  const run = async (action: ResolutionAction, reason: string) => {
    const { results } = await resolveCases(
      cases.map((found) => found.id),
      action,
      reason,
    );
    const left = results.filter((one) => one.outcome !== 'resolved');
    const done = results.length - left.length;
    const why = [...new Set(left.map((one) => (one.outcome === 'resolved' ? '' : t(`why.${one.outcome}`))))].join('、');
    if (left.length === 0) onClear();
    setTold(left.length === 0 ? t('many.all', { done }) : t('many.done', { done, left: left.length, why }));
  };
  return (
    <div className={classes.bar}>
      <span>{t('selected', { count: cases.length })}</span>
      {shared.map((action) => (
        <Button key={action} variant="default" size="sm" onClick={() => setAsked(action)}>
          {t(`do.${action}`)}
        </Button>
      ))}
      {told && (
        <span role="status" className={classes.report}>
          {told}
        </span>
      )}
      {asked && (
        <AskDialog
          title={`${t('selected', { count: cases.length })} · ${t(`do.${asked}`)}`}
          says={t(`says.${asked}`)}
          confirm={t(`do.${asked}`)}
          danger={asked === 'refund'}
          withReason
          run={(reason) => run(asked, reason)}
          onDone={() => {
            setAsked(undefined);
            onDone();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
