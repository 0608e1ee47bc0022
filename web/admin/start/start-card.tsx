import { Button } from '@mantine/core';
import { IconCheck, IconCircle, IconCircleDashed } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../access/may.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { firstRunQuery, openStep, updateFirstRun } from './start-api.ts';
import classes from './start-card.module.css';
import { useStartTexts } from './start-texts.ts';

const icons = { done: IconCheck, open: IconCircle, skipped: IconCircleDashed };

/** On the home page until the shop is open, or until nobody wants to see it any more. */
export function StartCard() {
  const t = useStartTexts();
  const client = useQueryClient();
  const mayChange = useMay()('settings.change');
  const run = useQuery({ ...firstRunQuery, enabled: mayChange }).data;
  const [isAsking, setAsking] = useState(false);
  const next = run && openStep(run);
  if (!run || run.dismissed || !next) return null;
  const done = run.steps.filter(({ state }) => state === 'done').length;
  return (
    <section className="cw-panel cw-stack" aria-labelledby="first-steps">
      <div className={classes.head}>
        <div>
          <h2 id="first-steps" className={classes.title}>
            {t('card.title')}
          </h2>
          <p className={classes.progress}>{t('progress', { done, count: run.steps.length })}</p>
        </div>
        <LinkButton to="/start" size="md">
          {t('continue', { step: t(`step.${next}`) })}
        </LinkButton>
      </div>
      <ul className={classes.steps}>
        {run.steps.map(({ step, state }) => {
          const Icon = icons[state];
          return (
            <li key={step}>
              <Link to="/start" search={{ step }} className={classes.step} data-state={state}>
                <Icon size={18} aria-hidden />
                {t(`step.${step}`)}
                <span className="cw-sr-only">{t(state)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <div>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAsking(true)}>
          {t('hide')}
        </Button>
      </div>
      {isAsking && (
        <AskDialog
          title={t('hide')}
          says={t('hideAsk')}
          confirm={t('hideSure')}
          run={() => updateFirstRun({ dismissed: true })}
          onDone={() => {
            setAsking(false);
            void client.invalidateQueries({ queryKey: firstRunQuery.queryKey });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
