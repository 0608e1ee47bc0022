import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useDateTime } from '../../ui/dates.ts';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { Facts } from '../list/facts.tsx';
import { PageHead } from '../list/page-head.tsx';
import { NothingHere } from '../shell/nothing-here.tsx';
import { useTitle } from '../use-title.ts';
import { ChannelActions } from './channel-actions.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelState } from './channel-state.tsx';
import { useChannelTexts } from './channel-texts.ts';
import { channelsQuery, kindsQuery, updateChannel } from './channels-api.ts';
import { RemoveChannel } from './remove-channel.tsx';

export function ChannelPage() {
  const t = useChannelTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const dateTime = useDateTime();
  const language = useLanguage();
  const { code } = useParams({ from: '/desk/channels/$code' });
  const { data: channels, error, refetch } = useQuery(channelsQuery);
  const kinds = useQuery(kindsQuery).data;
  const channel = channels?.find((one) => one.code === code);
  const kind = kinds?.find((one) => one.kind === channel?.kind);
  const name = (language === 'zh' ? channel?.nameZh : channel?.nameEn) || channel?.nameZh || code;
  const changed = () => client.invalidateQueries({ queryKey: channelsQuery.queryKey });
  useTitle(name);
  if (channels && !channel) return <NothingHere />;
  return (
    <div className="cw-page cw-stack">
      <PageHead title={name}>{channel && <ChannelActions channel={channel} onChange={changed} />}</PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!channel && !error && <Skeleton height={320} radius="lg" />}
      {channel && (
        <section className="cw-panel cw-stack" aria-label={t('column.state')}>
          <Facts
            facts={[
              [t('column.state'), <ChannelState key="state" channel={channel} />],
              [t('column.kind'), kind?.names[language] ?? channel.kind],
              [
                t('field.notify'),
                <span key="notify" className="cw-row">
                  <code>{channel.notifyUrl}</code>
                  <CopyButton text={channel.notifyUrl} describes={t('field.notify')} />
                </span>,
              ],
            ]}
          />
          {channel.fault !== null && <p role="alert">{t('faultSays', { fault: channel.fault })}</p>}
          {channel.blockedBy !== null && (
            <p role="status">
              {t('blockedBy', {
                by: channel.blockedBy === 'health' ? t('byHealth') : channel.blockedBy,
                at: channel.blockedSince === null ? '—' : dateTime(channel.blockedSince),
                reason: channel.blockReason ?? '—',
              })}
            </p>
          )}
          {channel.fixed && <p className="cw-soft">{t('fixed')}</p>}
        </section>
      )}
      {channel && kind && !channel.fixed && (
        <ChannelForm
          // What somebody else saved starts the form over when it is loaded.
          key={channel.version}
          kind={kind}
          channel={channel}
          save={({ code: _, ...draft }, settings) =>
            updateChannel(code, { ...draft, settings, version: channel.version })
          }
          onSaved={() => void changed()}
          onReload={() => void changed()}
        >
          <IfMay action="channels.change">
            <RemoveChannel
              channel={channel}
              onRemoved={() => {
                void changed();
                void navigate({ to: '/channels', replace: true });
              }}
            />
          </IfMay>
        </ChannelForm>
      )}
    </div>
  );
}
