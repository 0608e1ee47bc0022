import type { NoticeTargetView } from '../../../contract/admin-notices.ts';
import { StatusBadge } from '../list/status-badge.tsx';
import { useNoticeTexts } from './notice-texts.ts';

export function TargetState({ target: { enabled, fault, failed } }: { target: NoticeTargetView }) {
  const t = useNoticeTexts();
  if (fault !== null) return <StatusBadge tone="bad">{t('state.fault')}</StatusBadge>;
  if (!enabled) return <StatusBadge tone="calm">{t('state.off')}</StatusBadge>;
  if (failed > 0) return <StatusBadge tone="bad">{t('state.failed', { count: failed })}</StatusBadge>;
  return <StatusBadge tone="good">{t('state.on')}</StatusBadge>;
}
