import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderLineView } from '../../../contract/shop.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { LineForm } from './line-form.tsx';
import { useOrderTexts } from './order-texts.ts';
import { deliverLine } from './orders-api.ts';

interface Props {
  orderId: string;
  line: OrderLineView;
  onClose: () => void;
}

/** What a person made for one line, handed to its buyer. */
export function DeliverLine({ orderId, line, onClose }: Props) {
  const t = useOrderTexts();
  const client = useQueryClient();
  const [content, setContent] = useState('');
  return (
    <AskDialog
      title={t('deliver.title', { name: `${line.productName} ${line.skuName}` })}
      says={t('deliver.says')}
      confirm={t('deliver.sure')}
      blocked={content.trim() === ''}
      run={() => deliverLine(orderId, line.lineNo, content)}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['order', orderId] });
        onClose();
      }}
      onClose={onClose}
    >
      <LineForm orderId={orderId} lineNo={line.lineNo} />
      <Textarea
        label={t('deliver.content')}
        description={t('deliver.hint')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4096}
        data-autofocus
        value={content}
        onChange={(event) => setContent(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
