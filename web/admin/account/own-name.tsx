import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ownerQuery } from '../access/owner.ts';
import { changeName } from './account-api.ts';
import { useAccountTexts } from './account-texts.ts';
import classes from './change-password.module.css';

/** What the desk calls its person; how they sign in stays as it is. */
export function OwnName({ name }: { name: string }) {
  const t = useAccountTexts();
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const [wasTried, setWasTried] = useState(false);
  const saving = useMutation({
    mutationFn: changeName,
    onSuccess: () => client.invalidateQueries({ queryKey: ownerQuery.queryKey }),
  });
  const isEmpty = typed.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isEmpty && !saving.isPending) saving.mutate(typed.trim());
  };
  return (
    <section className="cw-panel" aria-labelledby="own-name-title">
      <h2 id="own-name-title" className={classes.title}>
        {t('name.title')}
      </h2>
      <form className={`cw-stack ${classes.form}`} onSubmit={submit} noValidate>
        <TextInput
          id="own-name"
          label={t('name.label')}
          description={t('name.hint')}
          maxLength={80}
          autoComplete="name"
          value={typed}
          error={wasTried && isEmpty && t('name.empty')}
          onChange={(event) => {
            saving.reset();
            setTyped(event.currentTarget.value);
          }}
        />
        {saving.error && <ProblemNotice problem={saving.error} />}
        <div className="cw-row">
          <Button type="submit" size="sm" variant="default" loading={saving.isPending}>
            {t('name.save')}
          </Button>
          <span role="status">{saving.isSuccess && t('name.saved')}</span>
        </div>
      </form>
    </section>
  );
}
