import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { IfMay } from '../access/if-may.tsx';
import { call } from '../api.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { shopQuery } from '../queries.ts';
import { useSettingsTexts } from './settings-texts.ts';

/** Only while there are samples. */
export function RemoveSamples() {
  const t = useSettingsTexts();
  const client = useQueryClient();
  const shop = useQuery(shopQuery).data;
  const [isAsking, setAsking] = useState(false);
  if (!shop?.hasSampleData) return null;
  return (
    <section className="cw-panel cw-stack" aria-labelledby="samples">
      <h2 id="samples" className="cw-section-title">
        {t('samples')}
      </h2>
      <div className="cw-spread">
        <span className="cw-soft">{t('samplesSays')}</span>
        <IfMay action="catalogue.change">
          <Button variant="light" color="red" onClick={() => setAsking(true)}>
            {t('samplesRemove')}
          </Button>
        </IfMay>
      </div>
      {isAsking && (
        <AskDialog
          title={t('samplesRemove')}
          says={t('samplesAsk')}
          confirm={t('samplesSure')}
          danger
          run={() => call('/sample-data', { method: 'DELETE' })}
          onDone={() => {
            setAsking(false);
            void client.invalidateQueries();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
