import type { SaleStatus } from '../../../contract/admin-catalogue.ts';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { useProductTexts } from './product-texts.ts';

const tones: Readonly<Record<SaleStatus, Tone>> = { active: 'good', hidden: 'wait', archived: 'calm' };

export function SaleStatusBadge({ status }: { status: SaleStatus }) {
  const t = useProductTexts();
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>;
}
