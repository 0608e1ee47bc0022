import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SessionRows } from '../account/session-rows.tsx';
import { endSessionOf, sessionsOfQuery } from './people-api.ts';
import { usePeopleTexts } from './people-texts.ts';

/** Where that person is signed in, each to be ended. */
export function PersonSessions({ id }: { id: number }) {
  const t = usePeopleTexts();
  const client = useQueryClient();
  const query = sessionsOfQuery(id);
  const { data } = useQuery(query);
  return (
    <section aria-labelledby="person-sessions">
      <h3 id="person-sessions" className="cw-section-title">
        {t('sessions.title')}
      </h3>
      {data?.sessions.length === 0 && <p style={{ margin: 0 }}>{t('sessions.none')}</p>}
      <SessionRows
        sessions={data?.sessions ?? []}
        end={(session) => endSessionOf(id, session)}
        onEnded={() => void client.invalidateQueries({ queryKey: query.queryKey })}
      />
    </section>
  );
}
