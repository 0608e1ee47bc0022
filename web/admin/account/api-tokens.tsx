import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CreatedToken } from '../../../contract/account.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { serverNowMs } from '../../ui/server-clock.ts';
import { useTexts } from '../admin-texts.ts';
import { tokensQuery } from '../queries.ts';
import classes from './api-tokens.module.css';
import { CreateToken } from './create-token.tsx';
import { NewToken } from './new-token.tsx';
import { TokenRow } from './token-row.tsx';

export function ApiTokens() {
  const t = useTexts();
  const { data, error, refetch } = useQuery(tokensQuery);
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedToken>();
  const heading = useRef<HTMLHeadingElement>(null);
  const now = serverNowMs();
  const live = data?.tokens.filter(({ revokedAt, expiresAt }) => !revokedAt && (expiresAt ?? now + 1) > now);
  return (
    <section className="cw-panel" aria-labelledby="tokens">
      <div className={classes.head}>
        <h2 id="tokens" ref={heading} tabIndex={-1} className={classes.title}>
          {t('tokens.title')}
        </h2>
        {!isCreating && (
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setCreating(true)}
          >
            {t('tokens.create')}
          </Button>
        )}
      </div>
      <p className={classes.lead}>{t('tokens.lead')}</p>
      {created && <NewToken key={created.id} created={created} onDone={() => setCreated(undefined)} />}
      {isCreating && (
        <CreateToken
          onCreated={(token) => {
            setCreated(token);
            setCreating(false);
          }}
          onCancel={() => setCreating(false)}
        />
      )}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={72} radius="md" />}
      {live?.length === 0 && !isCreating && !created && <p className={classes.none}>{t('tokens.none')}</p>}
      {live && live.length > 0 && (
        <ul className={classes.list}>
          {live.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              onRevoked={() => {
                // The row the keyboard stood on is gone.
                heading.current?.focus();
                if (created?.id === token.id) setCreated(undefined);
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
