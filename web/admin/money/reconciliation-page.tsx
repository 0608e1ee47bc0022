import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReportView } from '../../../contract/admin-channels.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { Facts } from '../list/facts.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import classes from './money.module.css';
import { billAddress, compareDay, reportAddress, reportQuery } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';
import { ReportState, Sums } from './report-parts.tsx';
import { useChannelName } from './use-channels.ts';

export function ReconciliationPage() {
  const { channel, date } = useParams({ from: '/desk/reconciliations/$channel/$date' });
  const t = useMoneyTexts();
  const client = useQueryClient();
  const language = useLanguage();
  const nameOf = useChannelName();
  const { data: report, error, refetch } = useQuery(reportQuery(channel, date));
  const comparing = useMutation({
    mutationFn: () => compareDay(channel, date),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['reconciliations'] });
      void refetch();
    },
  });
  const title = t('bill.title', { channel: nameOf(channel), date });
  useTitle(title);
  return (
    <div className="cw-page cw-stack">
      <PageHead title={title}>
        <IfMay action="reconciliations.run">
          <Button variant="default" loading={comparing.isPending} onClick={() => comparing.mutate()}>
            {t('bills.again')}
          </Button>
        </IfMay>
        {report && (
          <>
            <Download href={billAddress(channel, date, language)} text={t('bill.csv')} />
            <Download href={reportAddress(channel, date)} name={`bill-${channel}-${date}.json`} text={t('bill.json')} />
          </>
        )}
      </PageHead>
      {comparing.error && <ProblemNotice problem={comparing.error} />}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!report && !error && <Skeleton height={240} radius="lg" />}
      {report && <Report report={report} />}
    </div>
  );
}

function Download({ href, name, text }: { href: string; name?: string; text: string }) {
  return (
    <Button
      component="a"
      href={href}
      download={name ?? true}
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
    >
      {text}
    </Button>
  );
}

function Report({ report }: { report: ReportView }) {
  const t = useMoneyTexts();
  const dateTime = useDateTime();
  const columns = useColumns();
  const { totals, differences } = report;
  return (
    <>
      <section className="cw-panel cw-stack" aria-labelledby="totals">
        <div className="cw-spread">
          <h2 id="totals" className="cw-section-title">
            {t('bill.totals')}
          </h2>
          <ReportState report={report} />
        </div>
        <Facts
          facts={(['payments', 'refunds', 'fees', 'net'] as const).map((of) => [
            t(`bills.${of}`),
            <Sums key={of} totals={totals} of={of} />,
          ])}
        />
        <p className={classes.lead}>{t('bill.madeAt', { at: dateTime(report.madeAt), count: report.matched })}</p>
      </section>
      <section className="cw-stack" aria-labelledby="differences">
        <h2 id="differences" className="cw-section-title">
          {t('bill.differences')}
        </h2>
        {differences.length === 0 ? (
          <p className={classes.lead}>{t('bill.allEqual')}</p>
        ) : (
          <DataTable
            label={t('bill.differences')}
            columns={columns}
            rows={differences}
            rowKey={(one) => `${one.type} ${one.kind} ${one.refundNo ?? one.tradeNo}`}
          />
        )}
      </section>
    </>
  );
}

type Difference = ReportView['differences'][number];

function useColumns(): Column<Difference>[] {
  const t = useMoneyTexts();
  const money = useMoney();
  const amount = (minor: number | null, currency: string) => (minor === null ? '—' : money(minor, currency));
  return [
    {
      key: 'what',
      title: t('bill.differences'),
      main: true,
      cell: ({ kind, type, says }) => (
        <div>
          {difference(t, kind)} · {type === 'refund' ? t('difference.refund') : t('difference.payment')}
          <div className={classes.under}>{says}</div>
        </div>
      ),
    },
    { key: 'trade', title: t('difference.trade'), cell: (one) => <Trade difference={one} /> },
    {
      key: 'theirs',
      title: t('difference.theirs'),
      end: true,
      cell: ({ theirsMinor, currency }) => amount(theirsMinor, currency),
    },
    {
      key: 'ours',
      title: t('difference.ours'),
      end: true,
      cell: ({ oursMinor, currency }) => amount(oursMinor, currency),
    },
    {
      key: 'case',
      title: t('difference.case'),
      cell: ({ caseStatus, kind }) =>
        caseStatus === 'resolved' ? (
          t('difference.resolved')
        ) : (
          <Link to="/review" search={{ kind: `bill_${kind.replace('-', '_')}` }}>
            {t('difference.open')}
          </Link>
        ),
    },
  ];
}

function Trade({ difference: { tradeNo, outTradeNo, refundNo } }: { difference: Difference }) {
  const ours = outTradeNo !== null && /^[0-9A-Z]{28}\d\d$/.test(outTradeNo);
  return (
    <div className="cw-number">
      {ours ? (
        <Link to="/payments/$id" params={{ id: outTradeNo }}>
          {tradeNo}
        </Link>
      ) : (
        tradeNo
      )}
      {refundNo && <div className="cw-soft">{refundNo}</div>}
    </div>
  );
}

function difference(t: ReturnType<typeof useMoneyTexts>, kind: string): string {
  const known = (['channel-only', 'local-only', 'amount', 'status'] as const).find((one) => one === kind);
  return known ? t(`difference.${known}`) : kind;
}
