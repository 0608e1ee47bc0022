import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CreatedToken } from '../../../contract/account.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { serverNowMs } from '../../ui/server-clock.ts';
import { focusFirst } from '../access/focus-first.ts';
import { useTexts } from '../admin-texts.ts';
import { createToken } from '../api.ts';
import { tokensQuery } from '../queries.ts';
import classes from './create-token.module.css';
import { type Rights, rightsLists, scopesOf } from './token-rights.ts';

const dayMs = 86_400_000;
const lifetimesInDays = [0, 30, 90, 365] as const;

interface Props {
  onCreated: (token: CreatedToken) => void;
  onCancel: () => void;
}

export function CreateToken({ onCreated, onCancel }: Props) {
  const t = useTexts();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<Rights>('write');
  const [days, setDays] = useState(0);
  const [wasTried, setWasTried] = useState(false);
  const creating = useMutation({
    mutationFn: createToken,
    onSuccess: (token) => {
      onCreated(token);
      return client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (name.trim() === '') focusFirst({ 'token-name': true });
    else if (!creating.isPending) {
      const expiresAt = days > 0 ? { expiresAt: serverNowMs() + days * dayMs } : {};
      creating.mutate({ name: name.trim(), scopes: scopesOf[rights], ...expiresAt });
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        id="token-name"
        size="md"
        required
        label={t('tokens.name')}
        placeholder={t('tokens.namePlaceholder')}
        autoComplete="off"
        autoFocus
        maxLength={100}
        value={name}
        error={wasTried && name.trim() === '' && t('tokens.needName')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes.choices}>
        <NativeSelect
          size="md"
          label={t('tokens.rights')}
          value={rights}
          data={rightsLists.map((value) => ({ value, label: t(`tokens.rights.${value}`) }))}
          onChange={(event) => setRights(event.currentTarget.value as Rights)}
        />
        <NativeSelect
          size="md"
          label={t('tokens.lifetime')}
          value={String(days)}
          data={lifetimesInDays.map((count) => ({
            value: String(count),
            label: count === 0 ? t('tokens.forever') : t('tokens.days', { count }),
          }))}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        />
      </div>
      {creating.error && <ProblemNotice problem={creating.error} />}
      <div className="cw-row">
        <Button type="submit" size="sm" loading={creating.isPending}>
          {t('tokens.submit')}
        </Button>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('home.cancel')}
        </Button>
      </div>
    </form>
  );
}
