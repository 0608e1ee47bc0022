import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProposalView } from '../../../contract/admin-replacements.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { IfMay } from '../access/if-may.tsx';
import { useMay } from '../access/may.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';
import { completeOrder, confirmPayment, type OrderDetailReply, refundOrder, withdrawProposal } from './orders-api.ts';

const needs = { refund: 'orders.refund', complete: 'orders.complete', confirm: 'payments.confirm' } as const;

/** What one person decided about this order and a second one must say too. */
export function OrderProposals({ detail: { order, proposals } }: { detail: OrderDetailReply }) {
  const t = useOrderTexts();
  const may = useMay();
  const money = useMoney();
  const dateTime = useDateTime();
  const client = useQueryClient();
  const [asked, setAsked] = useState<{ proposal: ProposalView; what: 'agree' | 'withdraw' }>();
  if (proposals.length === 0) return null;
  const close = () => setAsked(undefined);
  return (
    <section className="cw-panel" aria-labelledby="proposals">
      <h2 id="proposals" className="cw-section-title">
        {t('proposals.title')}
      </h2>
      <ul className={classes.rows}>
        {proposals.map((proposal) => (
          <li key={`${proposal.subject} ${proposal.action}`} className={classes.row}>
            <div className={classes.words}>
              <div className={classes.name}>
                {t(`proposal.${proposal.action}`, { amount: money(amountOf(proposal), order.currency) })}
              </div>
              <div className={classes.facts}>
                {proposal.proposedBy} · {dateTime(proposal.proposedAt)} · {proposal.reason}
              </div>
            </div>
            <IfMay action="orders.refund">
              <Button variant="default" size="sm" onClick={() => setAsked({ proposal, what: 'withdraw' })}>
                {t('proposal.withdraw')}
              </Button>
            </IfMay>
            {may(needs[proposal.action]) && (
              <Button size="sm" onClick={() => setAsked({ proposal, what: 'agree' })}>
                {t('proposal.agree')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <AskDialog
          title={t(`proposal.${asked.what}`)}
          says={t(`proposal.${asked.what}Says`)}
          confirm={t(`proposal.${asked.what}`)}
          withReason={asked.what === 'agree'}
          run={(reason) => (asked.what === 'agree' ? agree(asked.proposal, reason) : withdrawProposal(asked.proposal))}
          onDone={() => {
            close();
            void client.invalidateQueries({ queryKey: ['order', order.id] });
          }}
          onClose={close}
        />
      )}
    </section>
  );
}

/** The same decision, word for word, by somebody else. */
function agree({ action, orderId, subject, terms }: ProposalView, reason: string): Promise<unknown> {
  if (action === 'complete') return completeOrder(orderId, reason);
  const amountMinor = Number(terms.amountMinor);
  if (action === 'refund') {
    return refundOrder(orderId, { reason, amountMinor, mode: terms.mode === 'recorded' ? 'recorded' : 'channel' });
  }
  const bankReference = typeof terms.bankReference === 'string' ? { bankReference: terms.bankReference } : {};
  return confirmPayment(subject.slice('payment:'.length), { amountMinor, reason, ...bankReference });
}

function amountOf({ terms, amountMinor }: ProposalView): number {
  return typeof terms.amountMinor === 'number' ? terms.amountMinor : amountMinor;
}
