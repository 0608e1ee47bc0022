import { useQuery } from '@tanstack/react-query';
import type { FirstRun } from '../../../contract/appearance.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useMay } from '../access/may.ts';
import { kindsQuery } from '../channels/channels-api.ts';
import { KindPicker } from '../channels/kind-picker.tsx';
import { shopQuery } from '../queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { stateOf } from './start-api.ts';
import { useStartTexts } from './start-texts.ts';

export function ChannelStep({ run }: { run: FirstRun }) {
  const t = useStartTexts();
  const mayChange = useMay()('channels.change');
  const hasSandbox = useQuery(shopQuery).data?.sandbox;
  const isDone = stateOf(run, 'channel') === 'done';
  const kinds = useQuery({ ...kindsQuery, enabled: mayChange && !isDone });
  return (
    <section className="cw-stack">
      <div className="cw-panel cw-stack">
        <p className="cw-soft">{t(isDone ? 'channel.done' : 'channel.says')}</p>
        {hasSandbox && !isDone && <p className="cw-soft">{t('channel.sandbox')}</p>}
        {isDone && (
          <div>
            <LinkButton to="/channels" variant="default">
              {t('channel.manage')}
            </LinkButton>
          </div>
        )}
      </div>
      {kinds.error && <ProblemNotice problem={kinds.error} onRetry={() => void kinds.refetch()} />}
      {!isDone && kinds.data && <KindPicker kinds={kinds.data} />}
    </section>
  );
}
