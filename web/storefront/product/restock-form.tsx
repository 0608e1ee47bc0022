import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { requestJson } from '../../ui/request-json.ts';
import classes from './restock-form.module.css';
import { restockTexts } from './restock-texts.ts';

const address = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]{2,}$/;

/** Where nothing is left: one mail when there is. */
export function RestockForm({ skuId }: { skuId: number }) {
  const language = useLanguage();
  const t = restockTexts[language];
  const [contact, setContact] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const isWrong = !address.test(contact.trim());
  const asking = useMutation({
    mutationFn: () =>
      requestJson(`/api/v1/skus/${skuId}/restock`, {
        method: 'POST',
        body: { contact: contact.trim(), lang: language },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isWrong && !asking.isPending) asking.mutate();
  };
  if (asking.isSuccess) {
    return (
      <p className={classes.done} role="status">
        {t.done}
      </p>
    );
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        id="restock-contact"
        className={classes.field ?? ''}
        size="md"
        type="email"
        label={t.label}
        description={t.hint}
        placeholder="name@example.com"
        autoComplete="email"
        maxLength={200}
        value={contact}
        error={wasTried && isWrong && t.wrong}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      <Button type="submit" variant="light" size="md" loading={asking.isPending}>
        {t.ask}
      </Button>
      {asking.error && <ProblemNotice problem={asking.error} />}
    </form>
  );
}
