import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdminChannelView } from '../../../contract/admin-channels.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { useChannelTexts } from './channel-texts.ts';
import { setBlocked, testChannel } from './channels-api.ts';

/** Test it, pause it, resume it. */
export function ChannelActions({ channel, onChange }: { channel: AdminChannelView; onChange: () => unknown }) {
  const t = useChannelTexts();
  const [asked, setAsked] = useState<'block' | 'unblock'>();
  const testing = useMutation({ mutationFn: () => testChannel(channel.code) });
  const verb = channel.blockedBy === null ? 'block' : 'unblock';
  return (
    <>
      <span role="status">
        {testing.data &&
          (testing.data.ok ? (
            <StatusBadge tone="good">{t('test.ok', { ms: testing.data.tookMs })}</StatusBadge>
          ) : (
            <StatusBadge tone="bad">{t('test.bad', { reason: testing.data.reason ?? '' })}</StatusBadge>
          ))}
      </span>
      {testing.error && <ProblemNotice problem={testing.error} />}
      <IfMay action="channels.test">
        <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
          {t('test')}
        </Button>
      </IfMay>
      <IfMay action="channels.block">
        <Button variant="default" onClick={() => setAsked(verb)}>
          {t(verb)}
        </Button>
      </IfMay>
      {asked && (
        <AskDialog
          title={t(asked)}
          says={t(asked === 'block' ? 'blockSays' : 'unblockSays')}
          confirm={t(asked)}
          withReason
          run={(reason) => setBlocked(channel.code, asked, reason)}
          onDone={() => {
            setAsked(undefined);
            void onChange();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
