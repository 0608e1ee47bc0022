/** An order that the shop has recorded and not placed yet. Turns into the order's own page by itself. */
import { Skeleton } from '@mantine/core';
import { IconHourglass, IconKey, IconShieldCheck, IconX } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { ProblemCode } from '../../../contract/problems.ts';
import type { TicketReply } from '../../../contract/ticket.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { encodeLines } from '../cart/line.ts';
import { type DeviceOrder, forgetOrder, rememberOrder, useDeviceOrder } from '../order/device-orders.ts';
import { useTexts } from '../order/order-texts.ts';
import classes from '../order/status-panel.module.css';
import { useTicket } from '../order/use-ticket.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';

export function TicketPage() {
  const { id } = useParams({ from: '/tickets/$id' });
  const kept = useDeviceOrder(id);
  return kept ? <KnownTicket key={id} kept={kept} /> : <KeylessTicket />;
}

function KeylessTicket() {
  const t = useTexts();
  useTitle(t('orders.noKeyTitle'));
  return (
    <EmptyState asPage icon={<IconKey size={32} />} title={t('orders.noKeyTitle')} hint={t('orders.noKeyHint')}>
      <LinkButton to="/orders">{t('orders.find')}</LinkButton>
    </EmptyState>
  );
}

function KnownTicket({ kept }: { kept: DeviceOrder }) {
  const navigate = useNavigate();
  const reply = useTicket(kept.id, kept.token, kept.savedAtMs);
  const ticket = reply.data;
  const orderId = ticket?.status === 'placed' ? ticket.order?.id : undefined;
  useEffect(() => {
    if (!orderId) return;
    const { id, token, savedAtMs, lines, isTicket } = kept;
    if (isTicket) rememberOrder({ id: orderId, token, savedAtMs, lines });
    void navigate({ to: '/orders/$id', params: { id: orderId }, replace: true });
    if (orderId !== id) forgetOrder(id);
  }, [orderId, kept, navigate]);
  return (
    <div className="cw-page cw-stack">
      {ticket && ticket.status !== 'placed' ? (
        <TicketPanel ticket={ticket} kept={kept} />
      ) : reply.error ? (
        <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />
      ) : (
        <Skeleton height={240} radius="lg" />
      )}
    </div>
  );
}

function TicketPanel({ ticket, kept }: { ticket: TicketReply['ticket']; kept: DeviceOrder }) {
  const t = useTexts();
  switch (ticket.status) {
    case 'refused':
      return (
        <Panel status="expired" icon={<IconX size={30} />} title={t('ticket.refusedTitle')} ticket={ticket}>
          <p className={classes.hint}>{t('ticket.refusedHint')}</p>
          {ticket.problem && <ProblemNotice problem={new ApiProblem(ticket.problem.code as ProblemCode, 409)} />}
          {kept.lines.length > 0 && (
            <LinkButton to="/checkout" search={{ lines: encodeLines(kept.lines) }} mt={14}>
              {t('ticket.again')}
            </LinkButton>
          )}
        </Panel>
      );
    case 'review':
      return (
        <Panel status="review" icon={<IconShieldCheck size={30} />} title={t('ticket.reviewTitle')} ticket={ticket}>
          <p className={classes.hint}>{t('ticket.reviewHint')}</p>
        </Panel>
      );
    default:
      return (
        <Panel status="review" icon={<IconHourglass size={30} />} title={t('ticket.title')} ticket={ticket}>
          <p className={classes.hint}>{t('ticket.hint')}</p>
          <p className={classes.hint}>{t('ticket.noPay')}</p>
          <p className={classes.hint}>{t('ticket.noStock')}</p>
        </Panel>
      );
  }
}

interface PanelProps {
  status: string;
  icon: ReactNode;
  title: string;
  ticket: TicketReply['ticket'];
  children: ReactNode;
}

function Panel({ status, icon, title, ticket, children }: PanelProps) {
  const t = useTexts();
  const at = useDateTime();
  useTitle(title);
  return (
    <section className={`cw-panel ${classes.panel}`} data-status={status}>
      <div className={classes.icon} aria-hidden="true">
        {icon}
      </div>
      <div>
        <span className="cw-sr-only" role="status">
          {title}
        </span>
        <h1 className={classes.title}>{title}</h1>
        {children}
        <p className={classes.hint}>
          {t('ticket.number')} …{ticket.id.slice(-8)} · {t('ticket.since')} {at(ticket.createdAt)}
        </p>
      </div>
    </section>
  );
}
