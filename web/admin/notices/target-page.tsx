import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { PageHead } from '../list/page-head.tsx';
import { NothingHere } from '../shell/nothing-here.tsx';
import { useTitle } from '../use-title.ts';
import { useNoticeTexts } from './notice-texts.ts';
import { noticeKindsQuery, targetsQuery, updateTarget } from './notices-api.ts';
import { RemoveTarget } from './remove-target.tsx';
import { TargetForm } from './target-form.tsx';
import { TestTarget } from './test-target.tsx';

export function TargetPage() {
  const t = useNoticeTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const { id } = useParams({ from: '/desk/notices/$id' });
  const { data: targets, error, refetch } = useQuery(targetsQuery);
  const known = useQuery(noticeKindsQuery).data;
  const target = targets?.find((one) => String(one.id) === id);
  const kind = known?.kinds.find((one) => one.kind === target?.kind);
  const changed = () => client.invalidateQueries({ queryKey: targetsQuery.queryKey });
  useTitle(target?.name ?? t('title'));
  if (targets && !target) return <NothingHere />;
  return (
    <div className="cw-page cw-stack">
      <PageHead title={target?.name ?? t('title')} lead={kind?.names[language]} />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!target && !error && <Skeleton height={320} radius="lg" />}
      {target && target.fault !== null && <p role="alert">{t('faultSays', { fault: target.fault })}</p>}
      {target && known && kind && (
        <>
          <IfMay action="notices.send">
            <TestTarget key={target.version} id={target.id} />
          </IfMay>
          <TargetForm
            // What somebody else saved starts the form over when it is loaded.
            key={`form ${target.version}`}
            kind={kind}
            events={known.events}
            target={target}
            save={(draft, settings) => updateTarget(target.id, { ...draft, settings, version: target.version })}
            onSaved={() => void changed()}
            onReload={() => void changed()}
          >
            <IfMay action="notices.change">
              <RemoveTarget
                target={target}
                onRemoved={() => {
                  void changed();
                  void navigate({ to: '/notices', replace: true });
                }}
              />
            </IfMay>
          </TargetForm>
        </>
      )}
    </div>
  );
}
