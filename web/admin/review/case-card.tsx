import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ResolutionAction, reviewKinds } from '../../../contract/states.ts';
import { useDateTime } from '../../ui/dates.ts';
import { IfMay } from '../access/if-may.tsx';
import { useMay } from '../access/may.ts';
import { Facts } from '../list/facts.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { actionsOfKind } from './actions-of-kind.ts';
import classes from './case-card.module.css';
import { EvidenceView } from './evidence-view.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import type { ReviewCase } from './review-api.ts';
import { useReviewTexts } from './review-texts.ts';

interface Props {
  found: ReviewCase;
  /** Absent where cases are not chosen to be settled together. */
  isSelected?: boolean;
  onSelect?: () => void;
  onChange: () => void;
}

/** One case: what happened, what proves it, what we would do, and the buttons for it. */
export function CaseCard({ found, isSelected, onSelect, onChange }: Props) {
  const t = useReviewTexts();
  const may = useMay()('review.resolve');
  const dateTime = useDateTime();
  const [asked, setAsked] = useState<ResolutionAction>();
  const isOpen = found.status === 'open';
  const actions = actionsOfKind[found.kind];
  return (
    <article className="cw-panel cw-stack" aria-labelledby={`case-${found.id}`}>
      <div className="cw-spread">
        <div className="cw-row">
          {isOpen && may && onSelect && (
            <Checkbox
              radius="sm"
              checked={isSelected ?? false}
              onChange={onSelect}
              aria-label={t('select', { id: found.id })}
            />
          )}
          <h2 id={`case-${found.id}`} className={classes.title}>
            {t(`kind.${found.kind}`)}
          </h2>
        </div>
        <StatusBadge tone={isOpen ? 'bad' : 'calm'}>{t(`status.${found.status}`)}</StatusBadge>
      </div>
      <Facts
        facts={[
          [
            t('order'),
            found.orderId && (
              <Link key="order" to="/orders/$id" params={{ id: found.orderId }}>
                {found.orderId}
              </Link>
            ),
          ],
          [t('paymentId'), found.paymentId],
          [t('tradeNo'), found.tradeNo],
          [t('opened'), dateTime(found.createdAt)],
        ]}
      />
      <EvidenceView detail={found.detail} />
      {found.proposedAction && found.proposedBy && (
        <p className={classes.note} role="status">
          {t('proposed', { by: found.proposedBy, action: actionName(t, found.proposedAction) })}
        </p>
      )}
      {isOpen ? (
        <div className={classes.foot}>
          <span className="cw-soft">
            {t('suggestion')} {t(`suggestion.${reviewKinds[found.kind].suggestion}`)}
          </span>
          <div className={classes.actions}>
            <IfMay action="review.resolve">
              {actions.map((action, i) => (
                <Button key={action} size="sm" variant={i === 0 ? 'light' : 'default'} onClick={() => setAsked(action)}>
                  {t(`do.${action}`)}
                </Button>
              ))}
            </IfMay>
          </div>
        </div>
      ) : (
        <p className={classes.note}>
          {t('resolved', {
            by: found.resolvedBy ?? '—',
            at: found.resolvedAt === null ? '—' : dateTime(found.resolvedAt),
            reason: found.reason ?? '—',
          })}
        </p>
      )}
      {asked && (
        <ResolveDialog
          found={found}
          action={asked}
          onDone={() => {
            setAsked(undefined);
            onChange();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </article>
  );
}

function actionName(t: ReturnType<typeof useReviewTexts>, action: string): string {
  const known = (['issue', 'refund', 'release', 'confirm', 'link', 'close'] as const).find((one) => one === action);
  return known ? t(`do.${known}`) : action;
}
