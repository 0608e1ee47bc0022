import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDateTime } from '../../ui/dates.ts';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from './system.module.css';
import { degradeQuery, turnDegrade } from './system-api.ts';
import { useSystemTexts } from './system-texts.ts';

/** Whether the shop records orders instead of placing them, and the switch for it. */
export function DegradePanel() {
  const t = useSystemTexts();
  const dateTime = useDateTime();
  const client = useQueryClient();
  const state = useQuery(degradeQuery).data;
  const [isAsking, setAsking] = useState(false);
  if (!state) return null;
  const { mode, waiting, hand } = state;
  const isOn = hand?.on ?? false;
  return (
    <section className="cw-panel" aria-labelledby="system-degrade">
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 id="system-degrade" className="cw-section-title">
            {t('degrade.title')}
          </h2>
          <p className={classes.lead}>{mode === 'normal' ? t('degrade.normal') : t(`degrade.${mode}`, { waiting })}</p>
          {hand?.on && (
            <p className={classes.small}>{t('degrade.by', { by: hand.by, at: dateTime(hand.at), why: hand.why })}</p>
          )}
        </div>
        <IfMay action="degrade.turn">
          <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
            {t(isOn ? 'degrade.off' : 'degrade.on')}
          </Button>
        </IfMay>
      </div>
      {isAsking && (
        <AskDialog
          title={t(isOn ? 'degrade.off' : 'degrade.on')}
          says={t(isOn ? 'degrade.offAsk' : 'degrade.onAsk')}
          confirm={t(isOn ? 'degrade.off' : 'degrade.on')}
          danger={!isOn}
          withReason
          run={(why) => turnDegrade(!isOn, why)}
          onDone={() => {
            setAsking(false);
            void client.invalidateQueries({ queryKey: degradeQuery.queryKey });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
