import { useQuery } from '@tanstack/react-query';
import type { ChannelRevenue } from '../../../contract/admin-money.ts';
import { localeOf, useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import classes from './money.module.css';
import { revenueQuery } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';

const dayMs = 86_400_000;
const maxDays = 400;

/** What is left of each channel's money, of the range that the list shows, or of thirty days. */
export function RevenuePanel({ range }: { range: { from: number | undefined; to: number | undefined } }) {
  const t = useMoneyTexts();
  const { from, to } = boundsOf(range, new Date());
  const { data, error, refetch } = useQuery(revenueQuery({ from, to }));
  const columns = useColumns();
  const day = new Intl.DateTimeFormat(localeOf(useLanguage()), { dateStyle: 'medium' });
  return (
    <section className="cw-panel cw-stack" aria-labelledby="revenue">
      <div>
        <h2 id="revenue" className="cw-section-title">
          {t('revenue.title')}
        </h2>
        <p className={classes.lead}>{t('revenue.lead', { from: day.format(from), to: day.format(to - 1) })}</p>
      </div>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.lead}>{t('revenue.none')}</p>}
      {data && data.length > 0 && (
        <DataTable
          label={t('revenue.title')}
          columns={columns}
          rows={data}
          rowKey={({ code, currency }) => `${code} ${currency}`}
        />
      )}
    </section>
  );
}

/** Whole days, so that the same question is asked all day long. */
function boundsOf(
  range: { from: number | undefined; to: number | undefined },
  now: Date,
): { from: number; to: number } {
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
  const to = range.to ?? tomorrow;
  const from = range.from ?? to - 30 * dayMs;
  return { from: Math.max(0, Math.min(Math.max(from, to - maxDays * dayMs), to - dayMs)), to };
}

function useColumns(): Column<ChannelRevenue>[] {
  const t = useMoneyTexts();
  const money = useMoney();
  const language = useLanguage();
  const fee = ({ feeMinor, billedFeeMinor, currency }: ChannelRevenue) => {
    if (feeMinor === 0) return '—';
    const amount = money(feeMinor, currency);
    return billedFeeMinor === feeMinor ? amount : t('revenue.feeEstimated', { amount });
  };
  return [
    {
      key: 'channel',
      title: t('revenue.channel'),
      main: true,
      cell: ({ code, nameZh, nameEn }) => (language === 'zh' ? nameZh : nameEn) || code,
    },
    { key: 'payments', title: t('revenue.payments'), end: true, cell: ({ payments }) => payments },
    {
      key: 'received',
      title: t('revenue.received'),
      end: true,
      cell: ({ receivedMinor, currency }) => money(receivedMinor, currency),
    },
    {
      key: 'refunded',
      title: t('revenue.refunded'),
      end: true,
      cell: ({ refundedMinor, currency }) => (refundedMinor === 0 ? '—' : money(refundedMinor, currency)),
    },
    { key: 'fee', title: t('revenue.fee'), end: true, cell: fee },
    {
      key: 'net',
      title: t('revenue.net'),
      end: true,
      cell: ({ netMinor, currency }) => <strong>{money(netMinor, currency)}</strong>,
    },
  ];
}
