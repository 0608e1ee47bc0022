import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReportList } from '../../../contract/admin-channels.ts';
import { useLanguage } from '../../ui/language.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { compareDay } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';

interface Props {
  channels: ReportList['channels'];
  onClose: () => void;
}

/** A day of a channel is compared now; what came of it opens by itself. */
export function CompareDialog({ channels, onClose }: Props) {
  const t = useMoneyTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const [code, setCode] = useState(channels[0]?.code ?? '');
  const latest = channels.find((one) => one.code === code)?.latest ?? '';
  const [typed, setTyped] = useState<string>();
  const date = typed ?? latest;
  return (
    <AskDialog
      title={t('bills.runTitle')}
      says={t('bills.runSays')}
      confirm={t('bills.runSure')}
      blocked={code === '' || !/^\d{4}-\d{2}-\d{2}$/.test(date)}
      run={() => compareDay(code, date)}
      onDone={() => {
        void client.invalidateQueries({ queryKey: ['reconciliations'] });
        void client.invalidateQueries({ queryKey: ['reconciliation', code, date] });
        onClose();
        void navigate({ to: '/reconciliations/$channel/$date', params: { channel: code, date } });
      }}
      onClose={onClose}
    >
      <NativeSelect
        label={t('bills.channel')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        data={channels.map((one) => ({
          value: one.code,
          label: (language === 'zh' ? one.nameZh : one.nameEn) || one.code,
        }))}
      />
      <TextInput
        type="date"
        label={t('bills.day')}
        value={date}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
