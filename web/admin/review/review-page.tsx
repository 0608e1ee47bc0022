import { Button, NativeSelect } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type ReviewKind, reviewKinds } from '../../../contract/states.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { searchText } from '../search-text.ts';
import { useTitle } from '../use-title.ts';
import { CaseCard } from './case-card.tsx';
import { ResolveMany } from './resolve-many.tsx';
import { casesQuery } from './review-api.ts';
import { useReviewTexts } from './review-texts.ts';
import { WaitingProposals } from './waiting-proposals.tsx';

export function ReviewPage() {
  const t = useReviewTexts();
  const client = useQueryClient();
  const { status = 'open', kind } = useSearch({ from: '/desk/review' });
  const query = useInfiniteQuery(casesQuery({ status, kind }));
  const cases = query.data?.pages.flatMap((page) => page.cases) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const changed = () => void client.invalidateQueries({ queryKey: ['review-cases'] });
  const toggle = (id: number) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          href={`/api/admin/v1/review-cases.csv${searchText({ status, kind })}`}
        >
          {t('export')}
        </Button>
      </PageHead>
      <WaitingProposals />
      <Filters status={status} kind={kind} onChange={() => setSelected(new Set())} />
      {selected.size > 0 && (
        <ResolveMany
          cases={cases.filter((found) => selected.has(found.id))}
          onDone={changed}
          onClear={() => setSelected(new Set())}
        />
      )}
      <ListState
        query={query}
        count={cases.length}
        empty={<EmptyState icon={<IconCircleCheck size={32} />} title={t('empty')} hint={t('emptyHint')} />}
      >
        {cases.map((found) => (
          <CaseCard
            key={found.id}
            found={found}
            isSelected={selected.has(found.id)}
            onSelect={() => toggle(found.id)}
            onChange={changed}
          />
        ))}
      </ListState>
    </div>
  );
}

function Filters({ status, kind, onChange }: { status: string; kind: string | undefined; onChange: () => void }) {
  const t = useReviewTexts();
  const navigate = useNavigate({ from: '/review' });
  const set = (name: 'status' | 'kind', value: string) => {
    onChange();
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  };
  return (
    <FilterBar>
      <NativeSelect
        label={t('filter.status')}
        value={status}
        onChange={(event) => set('status', event.currentTarget.value)}
        data={[
          { value: 'open', label: t('status.open') },
          { value: 'resolved', label: t('status.resolved') },
        ]}
      />
      <NativeSelect
        label={t('filter.kind')}
        value={kind ?? ''}
        onChange={(event) => set('kind', event.currentTarget.value)}
        data={[
          { value: '', label: t('filter.all') },
          ...(Object.keys(reviewKinds) as ReviewKind[]).map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ]}
      />
    </FilterBar>
  );
}
