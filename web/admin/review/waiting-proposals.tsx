import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProposalList } from '../../../contract/admin-replacements.ts';
import { useDateTime } from '../../ui/dates.ts';
import { call } from '../api.ts';
import rows from '../orders/order-rows.module.css';
import { useReviewTexts } from './review-texts.ts';

/** What one person decided and a second one must say too; each is dealt with on the page of its order. */
export function WaitingProposals() {
  const t = useReviewTexts();
  const dateTime = useDateTime();
  const { data } = useQuery({
    queryKey: ['proposals'],
    queryFn: ({ signal }) => call<ProposalList>('/proposals', { signal }),
    refetchInterval: 15_000,
  });
  if (!data || data.proposals.length === 0) return null;
  return (
    <section className="cw-panel" aria-labelledby="proposals">
      <h2 id="proposals" className="cw-section-title">
        {t('proposals.title')}
      </h2>
      <ul className={rows.rows}>
        {data.proposals.map(({ subject, action, orderId, proposedBy, proposedAt, reason }) => (
          <li key={`${subject} ${action}`} className={rows.row}>
            <div className={rows.words}>
              <div className={rows.name}>
                {t(`proposal.${action}`)} ·{' '}
                <Link to="/orders/$id" params={{ id: orderId }}>
                  {orderId}
                </Link>
              </div>
              <div className={rows.facts}>
                {proposedBy} · {dateTime(proposedAt)} · {reason}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
