import { useQuery, useQueryClient } from '@tanstack/react-query';
import { endSession, sessionsQuery } from './account-api.ts';
import { useAccountTexts } from './account-texts.ts';
import classes from './api-tokens.module.css';
import { SessionRows } from './session-rows.tsx';

export function MySessions() {
  const t = useAccountTexts();
  const client = useQueryClient();
  const { data } = useQuery(sessionsQuery);
  return (
    <section className="cw-panel" aria-labelledby="sessions">
      <h2 id="sessions" className={classes.title}>
        {t('sessions.title')}
      </h2>
      <SessionRows
        sessions={data?.sessions ?? []}
        end={endSession}
        onEnded={() => void client.invalidateQueries({ queryKey: sessionsQuery.queryKey })}
      />
    </section>
  );
}
