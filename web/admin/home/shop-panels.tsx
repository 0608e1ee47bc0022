import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Overview, OverviewChannel } from '../../../contract/admin-overview.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { useMay } from '../access/may.ts';
import { Facts } from '../list/facts.tsx';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { revenueQuery } from '../money/money-api.ts';
import { useNumber, useShare } from './figures.tsx';
import { useHomeTexts } from './home-texts.ts';
import classes from './shop-panels.module.css';

/** How the shop is at this moment, whatever range was chosen (but for the payments of a channel). */
export function ShopPanels({ overview }: { overview: Overview }) {
  return (
    <div className={classes.panels}>
      <ShopState overview={overview} />
      <ChannelFigures overview={overview} />
      <LowStock lowStock={overview.lowStock} />
    </div>
  );
}

function ShopState({ overview: { system, review } }: { overview: Overview }) {
  const t = useHomeTexts();
  const dateTime = useDateTime();
  const number = useNumber();
  const { mode, outbox } = system;
  const isNormal = mode === 'normal';
  const inMode = mode === 'degraded' || mode === 'replaying' ? mode : 'normal';
  return (
    <Panel id="shop-state" title={t('state.title')}>
      <Facts
        facts={[
          [
            t('state.database'),
            <span key="mode">
              <StatusBadge tone={isNormal ? 'good' : 'bad'}>{t(`state.${inMode}`)}</StatusBadge>{' '}
              {!isNormal && t('state.since', { at: dateTime(system.since) })}
            </span>,
          ],
          [t('state.recorded'), system.recorded > 0 ? number(system.recorded) : null],
          [
            t('state.outbox'),
            outbox.oldestDueAt === null
              ? t('state.outboxNone')
              : t('state.outboxSince', { count: number(outbox.due), at: dateTime(outbox.oldestDueAt) }),
          ],
          [
            t('state.review'),
            review.open === 0 ? (
              t('state.reviewNone')
            ) : (
              <Link key="review" to="/review">
                {t('state.reviewSome', { count: review.open })}
              </Link>
            ),
          ],
        ]}
      />
    </Panel>
  );
}

const tones: Record<OverviewChannel['state'], Tone> = { works: 'good', off: 'calm', blocked: 'bad', fault: 'bad' };

function ChannelFigures({ overview: { channels, from, to } }: { overview: Overview }) {
  const net = useNet({ from, to });
  const t = useHomeTexts();
  const share = useShare();
  const number = useNumber();
  const language = useLanguage();
  return (
    <Panel id="channel-figures" title={t('channels.title')}>
      {channels.length === 0 && <p className={classes.none}>{t('channels.none')}</p>}
      <ul className={classes.rows}>
        {channels.map(({ code, nameZh, nameEn, state, attempts, succeeded }) => (
          <li key={code} className={classes.row}>
            <span className={classes.name}>
              {(language === 'zh' ? nameZh : nameEn) || code}{' '}
              <StatusBadge tone={tones[state]}>{t(`channel.${state}`)}</StatusBadge>
            </span>
            <span className={classes.fact}>
              {attempts === 0
                ? t('channels.noAttempts')
                : t('channels.conversion', {
                    succeeded: number(succeeded),
                    attempts: number(attempts),
                    share: share(succeeded, attempts),
                  })}
              {net(code) && <span className={classes.net}>{net(code)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <Link to="/channels">{t('channels.manage')}</Link>
    </Panel>
  );
}

/** What is left of a channel's money in the range, for who may know. */
function useNet(range: { from: number; to: number }): (code: string) => string | undefined {
  const t = useHomeTexts();
  const money = useMoney();
  const { data } = useQuery({ ...revenueQuery(range), enabled: useMay()('revenue.read') });
  return (code) => {
    const lines = data?.filter((one) => one.code === code) ?? [];
    if (lines.length === 0) return undefined;
    const sum = (of: 'netMinor' | 'feeMinor') => lines.map((one) => money(one[of], one.currency)).join(' + ');
    const hasFee = lines.some(({ feeMinor }) => feeMinor > 0);
    return hasFee
      ? t('channels.netAfterFee', { net: sum('netMinor'), fee: sum('feeMinor') })
      : t('channels.net', { net: sum('netMinor') });
  };
}

function LowStock({ lowStock: { count, skus } }: { lowStock: Overview['lowStock'] }) {
  const t = useHomeTexts();
  const number = useNumber();
  return (
    <Panel id="low-stock" title={t('stock.title')}>
      {count === 0 && <p className={classes.none}>{t('stock.enough')}</p>}
      <ul className={classes.rows}>
        {skus.map(({ skuId, productName, skuName, available, lowStockAt }) => (
          <li key={skuId} className={classes.row}>
            <Link to="/cards" search={{ sku: String(skuId) }} className={classes.name}>
              {productName} {skuName}
            </Link>
            <span className={classes.fact}>
              {t('stock.left', { available: number(available), lowStockAt: number(lowStockAt) })}
            </span>
          </li>
        ))}
      </ul>
      {count > skus.length && <p className={classes.none}>{t('stock.more', { count: count - skus.length })}</p>}
    </Panel>
  );
}

function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="cw-panel" aria-labelledby={id}>
      <h2 id={id} className="cw-section-title">
        {title}
      </h2>
      {children}
    </section>
  );
}
