import { Button } from '@mantine/core';
import { IconPackageImport } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Static } from 'typebox';
import type { CardBatch as CardBatchSchema } from '../../../contract/card.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { ListState } from '../list/list-state.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { batchesQuery } from './card-queries.ts';
import { useCardTexts } from './card-texts.ts';
import { withdrawBatch } from './cards-api.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ReplaceBatchDialog } from './replace-batch-dialog.tsx';

type CardBatch = Static<typeof CardBatchSchema>;

export function BatchList({ skuId }: { skuId: number }) {
  const t = useCardTexts();
  const client = useQueryClient();
  const query = useInfiniteQuery(batchesQuery(skuId));
  const batches = query.data?.pages.flatMap((page) => page.batches) ?? [];
  const [withdrawing, setWithdrawing] = useState<CardBatch>();
  const [replacing, setReplacing] = useState<CardBatch>();
  const [told, setTold] = useState<{ replaced: number; failed: number }>();
  const [exporting, setExporting] = useState<CardBatch>();
  const columns = useColumns({ onWithdraw: setWithdrawing, onReplace: setReplacing, onExport: setExporting });
  return (
    <>
      <ListState
        query={query}
        count={batches.length}
        empty={<EmptyState icon={<IconPackageImport size={32} />} title={t('none.batches')} />}
      >
        <DataTable label={t('tab.batches')} columns={columns} rows={batches} rowKey={(batch) => batch.id} />
      </ListState>
      {told && <p role="status">{t('batch.replaceDone', { count: told.replaced, failed: told.failed })}</p>}
      {exporting && (
        <ExportDialog
          skuId={skuId}
          batchId={exporting.id}
          onDone={() => {
            setExporting(undefined);
            void client.invalidateQueries({ queryKey: ['cards', skuId] });
          }}
          onClose={() => setExporting(undefined)}
        />
      )}
      {replacing && (
        <ReplaceBatchDialog
          batchId={replacing.id}
          onDone={(report) => {
            setReplacing(undefined);
            setTold(report);
            void client.invalidateQueries({ queryKey: ['cards', skuId] });
          }}
          onClose={() => setReplacing(undefined)}
        />
      )}
      {withdrawing && (
        <AskDialog
          title={t('batch.withdrawNamed', { id: withdrawing.id })}
          says={t('batch.withdrawSays')}
          confirm={t('batch.withdrawSure')}
          danger
          withReason
          run={(reason) => withdrawBatch(withdrawing.id, reason)}
          onDone={() => {
            setWithdrawing(undefined);
            void client.invalidateQueries({ queryKey: ['cards', skuId] });
          }}
          onClose={() => setWithdrawing(undefined)}
        />
      )}
    </>
  );
}

interface Deeds {
  onWithdraw: (batch: CardBatch) => void;
  onReplace: (batch: CardBatch) => void;
  onExport: (batch: CardBatch) => void;
}

function useColumns({ onWithdraw, onReplace, onExport }: Deeds): Column<CardBatch>[] {
  const t = useCardTexts();
  const dateTime = useDateTime();
  const count = (key: 'total' | 'imported' | 'duplicates' | 'rejected'): Column<CardBatch> => ({
    key,
    title: t(`column.${key}`),
    end: true,
    cell: (batch) => batch[key].toLocaleString(),
  });
  return [
    { key: 'id', title: t('column.batch'), main: true, cell: ({ id }) => t('batch.id', { id }) },
    { key: 'source', title: t('column.source'), cell: ({ source }) => source },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <BatchStatus status={status} /> },
    count('total'),
    count('imported'),
    count('duplicates'),
    count('rejected'),
    { key: 'by', title: t('column.by'), cell: ({ createdBy }) => createdBy },
    { key: 'at', title: t('column.at'), end: true, cell: ({ createdAt }) => dateTime(createdAt) },
    {
      key: 'withdraw',
      title: '',
      end: true,
      cell: (batch) => (
        <IfMay action="cards.change">
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('batch.withdrawNamed', { id: batch.id })}
            onClick={() => onWithdraw(batch)}
          >
            {t('batch.withdraw')}
          </Button>
        </IfMay>
      ),
    },
    {
      key: 'replace',
      title: '',
      end: true,
      cell: (batch) => (
        <IfMay action="orders.replace">
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('batch.replaceNamed', { id: batch.id })}
            onClick={() => onReplace(batch)}
          >
            {t('batch.replace')}
          </Button>
        </IfMay>
      ),
    },
    {
      key: 'export',
      title: '',
      end: true,
      cell: (batch) => (
        <IfMay action="cards.export">
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('export.titleBatch', { id: batch.id })}
            onClick={() => onExport(batch)}
          >
            {t('batch.export')}
          </Button>
        </IfMay>
      ),
    },
  ];
}

function BatchStatus({ status }: { status: string }) {
  const t = useCardTexts();
  if (status === 'finished') return <StatusBadge tone="good">{t('batch.finished')}</StatusBadge>;
  if (status === 'running') return <StatusBadge tone="wait">{t('batch.running')}</StatusBadge>;
  return <StatusBadge tone="bad">{t('batch.interrupted')}</StatusBadge>;
}
