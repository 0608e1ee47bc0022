import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CouponSetView } from '../../../contract/admin.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMay } from '../access/may.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { useCouponTexts } from './coupon-texts.ts';
import { listCouponSets, switchOffCouponSet } from './coupons-api.ts';

/** Codes that were made together, with their uses. Nothing is shown while there are none. */
export function CouponSets({ onPick }: { onPick: (set: CouponSetView) => void }) {
  const t = useCouponTexts();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: ['coupon-sets'], queryFn: ({ signal }) => listCouponSets(signal) });
  const [ending, setEnding] = useState<CouponSetView>();
  const columns = useColumns(onPick, setEnding);
  if (!data || data.sets.length === 0) return null;
  return (
    <section className="cw-stack" aria-labelledby="coupon-sets">
      <h2 id="coupon-sets" className="cw-section-title">
        {t('sets.title')}
      </h2>
      <DataTable label={t('sets.title')} columns={columns} rows={data.sets} rowKey={(set) => set.id} />
      {ending && (
        <AskDialog
          title={t('sets.offNamed', { name: ending.name })}
          says={t('sets.offSays', { count: ending.active })}
          confirm={t('sets.off')}
          danger
          withReason
          run={(reason) => switchOffCouponSet(ending.id, reason)}
          onDone={() => {
            setEnding(undefined);
            void client.invalidateQueries({ queryKey: ['coupon-sets'] });
            void client.invalidateQueries({ queryKey: ['coupons'] });
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </section>
  );
}

function useColumns(
  onPick: (set: CouponSetView) => void,
  onEnd: (set: CouponSetView) => void,
): Column<CouponSetView>[] {
  const t = useCouponTexts();
  const may = useMay();
  const dateTime = useDateTime();
  return [
    { key: 'name', title: t('sets.name'), main: true, cell: ({ name }) => name },
    { key: 'prefix', title: t('generate.prefix'), cell: ({ prefix }) => prefix || '—' },
    {
      key: 'codes',
      title: t('sets.codes'),
      end: true,
      cell: ({ active, codes }) => t('usedOf', { used: active, max: codes }),
    },
    { key: 'used', title: t('column.used'), end: true, cell: ({ used }) => used },
    { key: 'at', title: t('sets.at'), cell: ({ createdAt }) => dateTime(createdAt) },
    {
      key: 'show',
      title: '',
      end: true,
      cell: (set) => (
        <Button
          variant="default"
          size="compact-md"
          aria-label={t('sets.showNamed', { name: set.name })}
          onClick={() => onPick(set)}
        >
          {t('sets.show')}
        </Button>
      ),
    },
    {
      key: 'off',
      title: '',
      end: true,
      cell: (set) =>
        may('coupons.change') &&
        set.active > 0 && (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('sets.offNamed', { name: set.name })}
            onClick={() => onEnd(set)}
          >
            {t('sets.off')}
          </Button>
        ),
    },
  ];
}
