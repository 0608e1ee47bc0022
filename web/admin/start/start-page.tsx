import { Button, Skeleton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type FirstRun, type FirstStep, firstSteps } from '../../../contract/appearance.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { PageHead } from '../list/page-head.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../use-title.ts';
import { AccountStep } from './account-step.tsx';
import { CardsStep } from './cards-step.tsx';
import { ChannelStep } from './channel-step.tsx';
import { LookStep } from './look-step.tsx';
import { ProductStep } from './product-step.tsx';
import { PurchaseStep } from './purchase-step.tsx';
import { SamplesStep } from './samples-step.tsx';
import { firstRunQuery, openStep, stateOf, updateFirstRun } from './start-api.ts';
import classes from './start-page.module.css';
import { useStartTexts } from './start-texts.ts';

const views: Record<FirstStep, (props: { run: FirstRun; onDone: () => void }) => React.ReactNode> = {
  account: AccountStep,
  look: LookStep,
  product: ProductStep,
  cards: CardsStep,
  channel: ChannelStep,
  purchase: PurchaseStep,
  samples: SamplesStep,
};

/** One thing after the other, from an empty shop to one that has sold. Each step can be left and taken up again. */
export function StartPage() {
  const t = useStartTexts();
  const navigate = useNavigate();
  const client = useQueryClient();
  const wanted = useSearch({ from: '/desk/start' }).step;
  const { data: run, error, refetch } = useQuery(firstRunQuery);
  useTitle(t('title'));
  const step = firstSteps.find((one) => one === wanted) ?? (run && openStep(run)) ?? 'samples';
  const at = firstSteps.indexOf(step);
  const go = (to: FirstStep | undefined) => void navigate({ to: '/start', search: to ? { step: to } : {} });
  // A step stays until its reader goes on, also when it has just been done.
  useEffect(() => {
    if (run && !wanted) void navigate({ to: '/start', search: { step }, replace: true });
  }, [run, wanted, step, navigate]);
  const onDone = () => void client.invalidateQueries({ queryKey: firstRunQuery.queryKey });
  const skipping = useMutation({
    mutationFn: () => {
      const skipped = run?.steps.filter(({ state }) => state === 'skipped').map((one) => one.step) ?? [];
      return updateFirstRun({ skipped: [...skipped, step] });
    },
    onSuccess: (next) => {
      client.setQueryData(firstRunQuery.queryKey, next);
      go(firstSteps[at + 1]);
    },
  });
  const View = views[step];
  const state = run && stateOf(run, step);
  const isLast = at === firstSteps.length - 1;
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')} />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!run && !error && <Skeleton height={320} radius="lg" />}
      {run && (
        <div className={classes.columns}>
          <Steps run={run} current={step} />
          <div className={`cw-stack ${classes.body}`}>
            <header>
              <p className={classes.number}>{t('stepOf', { number: at + 1, count: firstSteps.length })}</p>
              <h2 className={classes.name}>{t(`step.${step}`)}</h2>
            </header>
            <View run={run} onDone={onDone} />
            {skipping.error && <ProblemNotice problem={skipping.error} />}
            <div className={classes.actions}>
              {at > 0 && (
                <Button variant="subtle" color="gray" onClick={() => go(firstSteps[at - 1])}>
                  {t('back')}
                </Button>
              )}
              {isLast ? (
                <LinkButton to="/" className={classes.forward ?? ''} variant={state === 'done' ? 'filled' : 'default'}>
                  {t('samples.finish')}
                </LinkButton>
              ) : state === 'open' ? (
                <Button
                  variant="default"
                  className={classes.forward ?? ''}
                  loading={skipping.isPending}
                  onClick={() => skipping.mutate()}
                >
                  {t('skip')}
                </Button>
              ) : (
                <Button className={classes.forward ?? ''} onClick={() => go(firstSteps[at + 1])}>
                  {t('next')}
                </Button>
              )}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

function Steps({ run, current }: { run: FirstRun; current: FirstStep }) {
  const t = useStartTexts();
  return (
    <ol className={classes.steps} aria-label={t('title')}>
      {firstSteps.map((step, at) => {
        const state = stateOf(run, step);
        return (
          <li key={step}>
            <Link
              to="/start"
              search={{ step }}
              className={classes.step}
              data-state={state}
              data-current={step === current || undefined}
              aria-current={step === current ? 'step' : undefined}
              activeProps={{}}
            >
              <span className={classes.mark} aria-hidden="true">
                {state === 'done' ? <IconCheck size={16} /> : at + 1}
              </span>
              <span className={classes.label}>{t(`step.${step}`)}</span>
              <span className="cw-sr-only">{t(state)}</span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
