import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconCards, IconDownload, IconSearch, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IfMay } from '../access/if-may.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { productsQuery } from '../products/product-queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../use-title.ts';
import { BatchList } from './batch-list.tsx';
import { useCardTexts } from './card-texts.ts';
import { CardsOfSku } from './cards-of-sku.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FindCard } from './find-card.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { OffShelf } from './off-shelf.tsx';
import { StockCounts } from './stock-counts.tsx';

export function CardsPage() {
  const t = useCardTexts();
  const client = useQueryClient();
  const search = useSearch({ from: '/desk/cards' });
  const navigate = useNavigate({ from: '/cards' });
  const query = useInfiniteQuery(productsQuery({}));
  const products = query.data?.pages.flatMap((page) => page.products) ?? [];
  const skus = products.flatMap((product) =>
    product.skus
      .filter((sku) => sku.delivery === 'cards')
      .map((sku) => ({ value: String(sku.id), label: `${product.name} · ${sku.name}` })),
  );
  const [dialog, setDialog] = useState<'import' | 'find' | 'export'>();
  const skuId = Number(search.sku ?? skus[0]?.value);
  const close = () => setDialog(undefined);
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <Button variant="default" leftSection={<IconSearch size={18} aria-hidden />} onClick={() => setDialog('find')}>
          {t('find')}
        </Button>
        {skuId > 0 && (
          <IfMay action="cards.export">
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => setDialog('export')}
            >
              {t('export.title')}
            </Button>
          </IfMay>
        )}
        {skuId > 0 && (
          <IfMay action="cards.import">
            <Button leftSection={<IconUpload size={18} aria-hidden />} onClick={() => setDialog('import')}>
              {t('import')}
            </Button>
          </IfMay>
        )}
      </PageHead>
      <ListState query={query} count={skus.length} empty={<None />}>
        <FilterBar>
          <NativeSelect
            label={t('pick.label')}
            value={String(skuId)}
            data={skus}
            onChange={(event) => {
              const sku = event.currentTarget.value;
              void navigate({ search: (before) => ({ ...before, sku }), replace: true });
            }}
          />
        </FilterBar>
        {skuId > 0 && (
          <>
            <StockCounts skuId={skuId} />
            <SegmentedControl
              aria-label={t('title')}
              value={search.tab ?? 'cards'}
              onChange={(tab) => void navigate({ search: (before) => ({ ...before, tab }), replace: true })}
              data={[
                { value: 'cards', label: t('tab.cards') },
                { value: 'batches', label: t('tab.batches') },
                { value: 'off', label: t('tab.off') },
              ]}
            />
            {search.tab === 'batches' && <BatchList skuId={skuId} />}
            {search.tab === 'off' && <OffShelf />}
            {search.tab !== 'batches' && search.tab !== 'off' && <CardsOfSku key={skuId} skuId={skuId} />}
          </>
        )}
      </ListState>
      {dialog === 'find' && <FindCard onClose={close} />}
      {dialog === 'export' && (
        <ExportDialog
          skuId={skuId}
          onDone={() => {
            close();
            void client.invalidateQueries({ queryKey: ['cards'] });
          }}
          onClose={close}
        />
      )}
      {dialog === 'import' && (
        <ImportDialog
          skuId={skuId}
          onImported={() => {
            void client.invalidateQueries({ queryKey: ['cards', skuId] });
            void client.invalidateQueries({ queryKey: ['products'] });
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

function None() {
  const t = useCardTexts();
  return (
    <EmptyState icon={<IconCards size={32} />} title={t('title')} hint={t('pick.none')}>
      <LinkButton to="/products">{t('pick.toProducts')}</LinkButton>
    </EmptyState>
  );
}
