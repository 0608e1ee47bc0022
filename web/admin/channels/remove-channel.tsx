import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AdminChannelView } from '../../../contract/admin-channels.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useChannelTexts } from './channel-texts.ts';
import { deleteChannel } from './channels-api.ts';

export function RemoveChannel({ channel, onRemoved }: { channel: AdminChannelView; onRemoved: () => void }) {
  const t = useChannelTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('delete')}
          says={t('deleteSays')}
          confirm={t('deleteSure')}
          danger
          run={() => deleteChannel(channel.code, channel.version)}
          onDone={onRemoved}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
