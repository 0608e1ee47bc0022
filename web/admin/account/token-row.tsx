import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TokenView } from '../../../contract/account.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import { revokeToken } from '../api.ts';
import { tokensQuery } from '../queries.ts';
import { rightsOf } from './token-rights.ts';
import classes from './token-row.module.css';

export function TokenRow({ token, onRevoked }: { token: TokenView; onRevoked: () => void }) {
  const t = useTexts();
  const dateTime = useDateTime();
  const [isAsking, setAsking] = useState(false);
  const facts = [
    t(`tokens.rights.${rightsOf(token.scopes)}`),
    token.lastUsedAt ? t('tokens.lastUsed', { at: dateTime(token.lastUsedAt) }) : t('tokens.neverUsed'),
    token.expiresAt ? t('tokens.expires', { at: dateTime(token.expiresAt) }) : t('tokens.forever'),
  ];
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <IconKey size={20} aria-hidden />
        <div className={classes.text}>
          <span className={classes.name}>{token.name}</span>
          <span className={classes.facts}>{facts.join(' · ')}</span>
        </div>
        {!isAsking && (
          <Button
            variant="subtle"
            color="gray"
            c="dimmed"
            size="compact-md"
            aria-label={t('tokens.revokeNamed', { name: token.name })}
            onClick={() => setAsking(true)}
          >
            {t('tokens.revoke')}
          </Button>
        )}
      </div>
      {isAsking && <AskRevoke id={token.id} onRevoked={onRevoked} onKeep={() => setAsking(false)} />}
    </li>
  );
}

function AskRevoke({ id, onRevoked, onKeep }: { id: number; onRevoked: () => void; onKeep: () => void }) {
  const t = useTexts();
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeToken(id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onRevoked();
    },
  });
  return (
    <div className={classes.ask} role="alert">
      <p>{t('tokens.revokeAsk')}</p>
      {revoking.error && <ProblemNotice problem={revoking.error} />}
      <div className={classes.actions}>
        <Button variant="default" size="sm" autoFocus onClick={onKeep}>
          {t('tokens.keep')}
        </Button>
        <Button variant="light" color="red" size="sm" loading={revoking.isPending} onClick={() => revoking.mutate()}>
          {t('tokens.revokeSure')}
        </Button>
      </div>
    </div>
  );
}
