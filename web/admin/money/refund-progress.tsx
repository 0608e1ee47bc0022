import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RefundRow } from '../../../contract/admin-money.ts';
import type { ResolutionAction } from '../../../contract/states.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { ResolveDialog } from '../review/resolve-dialog.tsx';
import classes from './money.module.css';
import { askRefund } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';
import { RefundStatusBadge } from './payment-status.tsx';

/** How far a refund is, what its channel said, and what can be done about it. */
export function RefundProgress({ refund, onChange }: { refund: RefundRow; onChange: () => void }) {
  const t = useMoneyTexts();
  const dateTime = useDateTime();
  const { status, lastError, nextTryAt, attempts, finishedAt } = refund;
  return (
    <div className={classes.progress}>
      <RefundStatusBadge status={status} />
      {lastError && status !== 'succeeded' && <p>{t('refund.lastError', { says: lastError })}</p>}
      {status === 'succeeded' && finishedAt !== null && <p>{t('refund.finished', { at: dateTime(finishedAt) })}</p>}
      {status === 'requested' && (
        <p>
          {nextTryAt === null ? t('refund.sending') : t('refund.nextTry', { at: dateTime(nextTryAt), count: attempts })}
        </p>
      )}
      {status === 'requested' && (
        <IfMay action="refunds.ask">
          <AskNow refundNo={refund.refundNo} onChange={onChange} />
        </IfMay>
      )}
      {status === 'rejected' && <WhatToDo refund={refund} onChange={onChange} />}
    </div>
  );
}

function AskNow({ refundNo, onChange }: { refundNo: string; onChange: () => void }) {
  const t = useMoneyTexts();
  const asking = useMutation({ mutationFn: () => askRefund(refundNo), onSettled: onChange });
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        aria-label={t('refund.askNamed', { no: refundNo })}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {t('refund.ask')}
      </Button>
      {asking.data && <p role="status">{t('refund.asked')}</p>}
      {asking.error && <ProblemNotice problem={asking.error} />}
    </>
  );
}

/** The case of a refund that failed, settled from here by the same door as from the queue. */
function WhatToDo({ refund, onChange }: { refund: RefundRow; onChange: () => void }) {
  const t = useMoneyTexts();
  const [asked, setAsked] = useState<ResolutionAction>();
  const found = refund.case;
  if (!found || (found.kind !== 'refund_rejected' && found.kind !== 'refund_by_hand')) return null;
  if (found.status === 'resolved') return <p>{t('refund.todo.resolved')}</p>;
  return (
    <>
      <p>{t(`refund.todo.${found.kind}`)}</p>
      {found.proposedBy && <p role="status">{t('refund.proposed', { who: found.proposedBy })}</p>}
      <IfMay action="review.resolve">
        <div className={classes.buttons}>
          {found.kind === 'refund_rejected' && (
            <Button size="compact-md" variant="light" onClick={() => setAsked('refund')}>
              {t('refund.retry')}
            </Button>
          )}
          <Button size="compact-md" variant="default" onClick={() => setAsked('confirm')}>
            {t('refund.confirm')}
          </Button>
        </div>
      </IfMay>
      {asked && (
        <ResolveDialog
          found={{ id: found.id, kind: found.kind }}
          action={asked}
          onDone={() => {
            setAsked(undefined);
            onChange();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
