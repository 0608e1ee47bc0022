import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { ChannelForm } from './channel-form.tsx';
import { useChannelTexts } from './channel-texts.ts';
import { channelsQuery, createChannel, kindsQuery } from './channels-api.ts';
import { KindPicker } from './kind-picker.tsx';

/** First the kind, then the form that its settings make. */
export function NewChannelPage() {
  const t = useChannelTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const { kind: chosen } = useSearch({ from: '/desk/channels/new' });
  const { data: kinds, error, refetch } = useQuery(kindsQuery);
  const kind = kinds?.find((one) => one.kind === chosen);
  useTitle(t('create'));
  return (
    <div className="cw-page cw-stack">
      <PageHead
        title={kind ? `${t('create')} · ${kind.names[language]}` : t('pick.title')}
        lead={kind?.help[language]}
      />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {kinds && !kind && <KindPicker kinds={kinds} />}
      {kind && (
        <ChannelForm
          key={kind.kind}
          kind={kind}
          save={(draft, settings) => createChannel({ ...draft, kind: kind.kind, settings })}
          onSaved={(code) => {
            void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
            void navigate({ to: '/channels/$code', params: { code }, replace: true });
          }}
        />
      )}
    </div>
  );
}
