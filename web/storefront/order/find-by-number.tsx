import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { readOrderLink } from './order-link.ts';
import { useTexts } from './order-texts.ts';

export function FindByNumber() {
  const t = useTexts();
  const navigate = useNavigate();
  const [link, setLink] = useState('');
  const [token, setToken] = useState('');
  const [isBad, setBad] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = readOrderLink(link, token);
    setBad(!found);
    if (found) {
      const hash = `t=${encodeURIComponent(found.token)}`;
      void navigate({ to: '/orders/$id', params: { id: found.id }, hash });
    }
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <TextInput
        size="md"
        label={t('orders.link')}
        description={t('orders.linkHint')}
        autoComplete="off"
        autoCapitalize="off"
        value={link}
        error={isBad && t('orders.badLink')}
        onChange={(event) => setLink(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        label={t('orders.token')}
        description={t('orders.tokenHint')}
        autoComplete="off"
        autoCapitalize="off"
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" size="md">
        {t('orders.open')}
      </Button>
    </form>
  );
}
