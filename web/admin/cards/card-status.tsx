import type { CardStatusName } from '../../../contract/states.ts';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { useCardTexts } from './card-texts.ts';

const tones: Readonly<Record<CardStatusName, Tone>> = {
  available: 'good',
  locked: 'wait',
  sold: 'calm',
  quarantined: 'bad',
  withdrawn: 'calm',
  inTransfer: 'wait',
};

export function CardStatusBadge({ status }: { status: CardStatusName }) {
  const t = useCardTexts();
  return <StatusBadge tone={tones[status]}>{t(`count.${status}`)}</StatusBadge>;
}
