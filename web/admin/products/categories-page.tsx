import { Button } from '@mantine/core';
import { IconCategory, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdminCategory } from '../../../contract/admin-catalogue.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { CategoryDialog } from './category-dialog.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { categoriesQuery } from './product-queries.ts';
import { useProductTexts } from './product-texts.ts';

export function CategoriesPage() {
  const t = useProductTexts();
  const client = useQueryClient();
  const { data: categories, error, refetch } = useQuery(categoriesQuery);
  const [editing, setEditing] = useState<AdminCategory | 'new'>();
  useTitle(t('categories.title'));
  const columns: Column<AdminCategory>[] = [
    { key: 'name', title: t('categories.name'), main: true, cell: ({ name }) => name },
    { key: 'en', title: t('categories.nameEn'), cell: ({ translations }) => translations.en?.name ?? '—' },
    { key: 'slug', title: t('categories.slug'), cell: ({ slug }) => slug },
    { key: 'position', title: t('categories.position'), end: true, cell: ({ position }) => position },
    {
      key: 'edit',
      title: '',
      end: true,
      cell: (category) => (
        <IfMay action="catalogue.change">
          <MoveButtons
            kind="categories"
            name={category.name}
            of={categories ?? []}
            at={(categories ?? []).indexOf(category)}
            onMoved={() => client.invalidateQueries({ queryKey: categoriesQuery.queryKey })}
          />{' '}
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('categories.edit', { name: category.name })}
            onClick={() => setEditing(category)}
          >
            {t('sku.edit')}
          </Button>
        </IfMay>
      ),
    },
  ];
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('categories.title')} lead={t('categories.lead')}>
        <IfMay action="catalogue.change">
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEditing('new')}>
            {t('categories.create')}
          </Button>
        </IfMay>
      </PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {categories?.length === 0 && <EmptyState icon={<IconCategory size={32} />} title={t('categories.none')} />}
      {categories && categories.length > 0 && (
        <DataTable label={t('categories.title')} columns={columns} rows={categories} rowKey={({ id }) => id} />
      )}
      {editing && (
        <CategoryDialog
          {...(editing !== 'new' && { category: editing })}
          onDone={() => {
            void client.invalidateQueries({ queryKey: categoriesQuery.queryKey });
            setEditing(undefined);
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  );
}
