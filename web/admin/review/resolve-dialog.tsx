import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ResolutionAction } from '../../../contract/states.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { type ReviewCase, resolveCase } from './review-api.ts';
import { useReviewTexts } from './review-texts.ts';

interface Props {
  found: Pick<ReviewCase, 'id' | 'kind'>;
  action: ResolutionAction;
  onDone: () => void;
  onClose: () => void;
}

export function ResolveDialog({ found, action, onDone, onClose }: Props) {
  const t = useReviewTexts();
  const [orderId, setOrderId] = useState('');
  const isWrong = action === 'link' && !/^[0-9A-Z]{28}$/.test(orderId.trim());
  return (
    <AskDialog
      title={`${t(`kind.${found.kind}`)} · ${t(`do.${action}`)}`}
      says={t(`says.${action}`)}
      confirm={t(`do.${action}`)}
      danger={action === 'refund'}
      withReason
      blocked={isWrong}
      run={(reason) => resolveCase(found.id, { action, reason, ...(action === 'link' && { orderId: orderId.trim() }) })}
      onDone={onDone}
      onClose={onClose}
    >
      {action === 'link' && (
        <TextInput
          label={t('link.order')}
          maxLength={28}
          spellCheck={false}
          data-autofocus
          value={orderId}
          error={orderId !== '' && isWrong && t('link.wrong')}
          onChange={(event) => setOrderId(event.currentTarget.value.toUpperCase())}
        />
      )}
    </AskDialog>
  );
}
