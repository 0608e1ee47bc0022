import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { useNoticeTexts } from './notice-texts.ts';
import { createTarget, noticeKindsQuery, targetsQuery } from './notices-api.ts';
import { NotifierPicker } from './notifier-picker.tsx';
import { TargetForm } from './target-form.tsx';

/** First the way, then the form that its settings make. */
export function NewTargetPage() {
  const t = useNoticeTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const { kind: chosen } = useSearch({ from: '/desk/notices/new' });
  const { data, error, refetch } = useQuery(noticeKindsQuery);
  const kind = data?.kinds.find((one) => one.kind === chosen);
  useTitle(t('create'));
  return (
    <div className="cw-page cw-stack">
      <PageHead
        title={kind ? `${t('create')} · ${kind.names[language]}` : t('pick.title')}
        lead={kind?.help[language]}
      />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {data && !kind && <NotifierPicker kinds={data.kinds} />}
      {data && kind?.kind === 'mail' && !data.mailWorks && <p role="alert">{t('noMail')}</p>}
      {data && kind && (
        <TargetForm
          key={kind.kind}
          kind={kind}
          events={data.events}
          save={(draft, settings) => createTarget({ ...draft, kind: kind.kind, settings })}
          onSaved={({ target }) => {
            void client.invalidateQueries({ queryKey: targetsQuery.queryKey });
            void navigate({ to: '/notices/$id', params: { id: String(target.id) }, replace: true });
          }}
        />
      )}
    </div>
  );
}
