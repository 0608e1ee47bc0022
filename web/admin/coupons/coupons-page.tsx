import { Button } from '@mantine/core';
import { IconDiscount, IconPlus, IconStack2 } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { CouponSetView, CouponView } from '../../../contract/admin.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMoney } from '../../ui/money.ts';
import { serverNowMs } from '../../ui/server-clock.ts';
import { useMay } from '../access/may.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { SearchField } from '../list/search-field.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { useTitle } from '../use-title.ts';
import { CouponDialog } from './coupon-dialog.tsx';
import { CouponSets } from './coupon-sets.tsx';
import { useCouponTexts } from './coupon-texts.ts';
import { type CouponSearch, couponsPerPage, listCoupons } from './coupons-api.ts';
import { GenerateDialog } from './generate-dialog.tsx';

const couponsQuery = (search: CouponSearch) =>
  infiniteQueryOptions({
    queryKey: ['coupons', search],
    queryFn: ({ pageParam, signal }) => listCoupons(search, pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: ({ page, total }) => (page * couponsPerPage < total ? page + 1 : undefined),
  });

export function CouponsPage() {
  const t = useCouponTexts();
  const client = useQueryClient();
  const { q } = useSearch({ from: '/desk/coupons' });
  const navigate = useNavigate({ from: '/coupons' });
  const [set, setSet] = useState<CouponSetView>();
  const [isGenerating, setGenerating] = useState(false);
  const query = useInfiniteQuery(couponsQuery({ q, setId: set?.id }));
  const coupons = query.data?.pages.flatMap((page) => page.coupons) ?? [];
  const [editing, setEditing] = useState<CouponView | 'new'>();
  const may = useMay();
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        {may('coupons.change') && (
          <Button
            variant="default"
            leftSection={<IconStack2 size={18} aria-hidden />}
            onClick={() => setGenerating(true)}
          >
            {t('generate.title')}
          </Button>
        )}
        {may('coupons.change') && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEditing('new')}>
            {t('create')}
          </Button>
        )}
      </PageHead>
      <CouponSets onPick={setSet} />
      <FilterBar>
        <SearchField
          label={t('search')}
          value={q ?? ''}
          maxLength={100}
          onSearch={(value) => void navigate({ search: value ? { q: value } : {}, replace: true })}
        />
        {set && (
          <Button variant="light" onClick={() => setSet(undefined)}>
            {t('sets.all', { name: set.name })}
          </Button>
        )}
      </FilterBar>
      <ListState
        query={query}
        count={coupons.length}
        empty={<EmptyState icon={<IconDiscount size={32} />} title={q ? t('none') : t('empty')} />}
      >
        <DataTable label={t('title')} columns={useColumns(setEditing)} rows={coupons} rowKey={(coupon) => coupon.id} />
      </ListState>
      {isGenerating && (
        <GenerateDialog
          onDone={() => {
            setGenerating(false);
            void client.invalidateQueries({ queryKey: ['coupons'] });
            void client.invalidateQueries({ queryKey: ['coupon-sets'] });
          }}
          onClose={() => setGenerating(false)}
        />
      )}
      {editing && (
        <CouponDialog
          {...(editing !== 'new' && { coupon: editing })}
          onDone={() => {
            setEditing(undefined);
            void client.invalidateQueries({ queryKey: ['coupons'] });
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}

function useColumns(onEdit: (coupon: CouponView) => void): Column<CouponView>[] {
  const t = useCouponTexts();
  const may = useMay();
  const columns: Column<CouponView>[] = [
    { key: 'code', title: t('column.code'), main: true, cell: ({ code }) => code },
    { key: 'worth', title: t('column.worth'), cell: (coupon) => <Worth coupon={coupon} /> },
    {
      key: 'used',
      title: t('column.used'),
      end: true,
      cell: ({ used, maxUses }) => (maxUses === null ? used : t('usedOf', { used, max: maxUses })),
    },
    { key: 'window', title: t('column.window'), cell: (coupon) => <Window coupon={coupon} /> },
    { key: 'status', title: t('column.status'), cell: (coupon) => <CouponStatus coupon={coupon} /> },
  ];
  if (!may('coupons.change')) return columns;
  return [
    ...columns,
    {
      key: 'edit',
      title: '',
      end: true,
      cell: (coupon) => (
        <Button
          variant="default"
          size="compact-md"
          aria-label={t('editNamed', { code: coupon.code })}
          onClick={() => onEdit(coupon)}
        >
          {t('edit')}
        </Button>
      ),
    },
  ];
}

function Worth({ coupon }: { coupon: CouponView }) {
  const t = useCouponTexts();
  const money = useMoney();
  return coupon.kind === 'percent'
    ? t('worth.percent', { value: coupon.value })
    : `−${money(coupon.value, coupon.currency ?? 'CNY')}`;
}

function Window({ coupon: { startsAt, endsAt } }: { coupon: CouponView }) {
  const t = useCouponTexts();
  const dateTime = useDateTime();
  const parts = [
    startsAt !== null && t('window.from', { from: dateTime(startsAt) }),
    endsAt !== null && t('window.until', { until: dateTime(endsAt) }),
  ];
  return parts.filter(Boolean).join(' ') || t('window.always');
}

function CouponStatus({ coupon }: { coupon: CouponView }) {
  const t = useCouponTexts();
  if (coupon.status === 'off') return <StatusBadge tone="calm">{t('status.off')}</StatusBadge>;
  const isOver = coupon.endsAt !== null && coupon.endsAt <= serverNowMs();
  if (isOver) return <StatusBadge tone="wait">{t('status.over')}</StatusBadge>;
  return <StatusBadge tone="good">{t('status.active')}</StatusBadge>;
}
