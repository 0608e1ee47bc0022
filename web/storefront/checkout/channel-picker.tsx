import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ChannelView } from '../../../contract/shop.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { channelsQuery } from '../queries.ts';
import { ChannelMark } from './channel-mark.tsx';
import { useChannelName } from './channel-name.ts';
import classes from './channel-picker.module.css';
import { useTexts } from './checkout-texts.ts';

interface Props {
  /** Channels that cannot take this currency are not offered. */
  currency: string | undefined;
  chosen: string | undefined;
  /** What it says when there is no way to pay. */
  none?: string;
  onChoose: (code: string) => void;
}

export const takes = (channel: ChannelView, currency: string | undefined): boolean =>
  currency === undefined || channel.currencies.length === 0 || channel.currencies.includes(currency);

export function ChannelPicker({ currency, chosen, none, onChoose }: Props) {
  const t = useTexts();
  const nameOf = useChannelName();
  const reply = useQuery(channelsQuery);
  if (reply.error && !reply.data) {
    return <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />;
  }
  if (!reply.data) return <Skeleton height={104} radius="md" />;
  const channels = reply.data.filter((channel) => takes(channel, currency));
  return (
    <fieldset className={classes.picker}>
      <legend className="cw-section-title">{t('checkout.pay')}</legend>
      {channels.length === 0 && <p role="status">{none ?? t('checkout.noChannel')}</p>}
      <div className={classes.options}>
        {channels.map((channel) => (
          <label key={channel.code} className={classes.option}>
            <input
              type="radio"
              name="channel"
              value={channel.code}
              checked={channel.code === chosen}
              onChange={() => onChoose(channel.code)}
            />
            <ChannelMark kind={channel.kind} />
            <span className={classes.name}>
              {nameOf(channel)}
              {channel.sandbox && <span className={classes.note}>{t('checkout.sandboxChannel')}</span>}
            </span>
            <span className={classes.dot} aria-hidden="true" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
