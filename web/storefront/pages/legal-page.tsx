import { Skeleton } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { localeOf, useLanguage } from '../../ui/language.ts';
import { PlainMarkdown } from '../../ui/plain-markdown.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { getLegalText } from '../api.ts';
import { useLegalTexts } from '../legal/legal-texts.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useTexts } from '../shop-texts.ts';

/** The title is ours, so that it stands in the buyer's language even where the text does not. */
export function LegalPage() {
  const t = useLegalTexts();
  const back = useTexts()('product.back');
  const language = useLanguage();
  const { kind } = useParams({ from: '/legal/$kind' });
  const { data, error, refetch } = useQuery({
    queryKey: ['legal', kind, language],
    queryFn: ({ signal }) => getLegalText(kind, language, signal),
    staleTime: 60_000,
  });
  const title = data && t(data.kind);
  useTitle(title);
  if (error instanceof ApiProblem && error.status < 500 && error.status >= 400) {
    return (
      <EmptyState asPage icon={<IconFileOff size={32} />} title={t('gone')}>
        <LinkButton to="/">{back}</LinkButton>
      </EmptyState>
    );
  }
  return (
    <article className="cw-page cw-stack">
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {data && (
        <>
          <h1 className="cw-page-title">{title}</h1>
          <p className="cw-soft">
            {t('asOf', {
              date: new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long' }).format(data.updatedAt),
            })}
          </p>
          <PlainMarkdown text={data.text} heading="h2" />
        </>
      )}
    </article>
  );
}
