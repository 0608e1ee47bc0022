import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NoticeTargetView } from '../../../contract/admin-notices.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import { deleteTarget } from './notices-api.ts';

export function RemoveTarget({ target, onRemoved }: { target: NoticeTargetView; onRemoved: () => void }) {
  const t = useNoticeTexts();
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
          run={() => deleteTarget(target.id, target.version)}
          onDone={onRemoved}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
