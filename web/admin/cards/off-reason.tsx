import type { AdminCard } from '../../../contract/card.ts';
import { useCardTexts } from './card-texts.ts';

/** Why a card is not for sale: in a person's words, or in ours where the shop did it by itself. */
export function OffReason({ card: { offReason, exportedAt } }: { card: AdminCard }) {
  const t = useCardTexts();
  if (offReason === null) return '—';
  const words = offReason === 'journal_mismatch' || offReason === 'refunded' ? t(`off.${offReason}`) : offReason;
  return exportedAt === null ? words : `${words} · ${t('off.exported')}`;
}
