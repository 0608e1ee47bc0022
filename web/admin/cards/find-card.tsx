import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { CardStatusBadge } from './card-status.tsx';
import { useCardTexts } from './card-texts.ts';
import { findCard } from './cards-api.ts';

/** Where one card is, by its exact number. */
export function FindCard({ onClose }: { onClose: () => void }) {
  const t = useCardTexts();
  const [number, setNumber] = useState('');
  const finding = useMutation({ mutationFn: () => findCard(number.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== '' && !finding.isPending) finding.mutate();
  };
  const card = finding.data;
  return (
    <Dialog title={t('find.title')} light onClose={onClose}>
      <form className="cw-stack" onSubmit={submit}>
        <p className="cw-soft">{t('find.says')}</p>
        <TextInput
          label={t('find.number')}
          data-autofocus
          maxLength={5000}
          spellCheck={false}
          autoComplete="off"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {finding.error && <ProblemNotice problem={finding.error} />}
        {card && (
          <div role="status">
            {t('find.found', { id: card.id })} <CardStatusBadge status={card.status} />
            {card.orderId !== null && (
              <div>
                {t('find.order')}{' '}
                <Link to="/orders/$id" params={{ id: card.orderId }}>
                  {card.orderId}
                </Link>
              </div>
            )}
          </div>
        )}
        <Button type="submit" loading={finding.isPending} disabled={number.trim() === ''}>
          {t('find.submit')}
        </Button>
      </form>
    </Dialog>
  );
}
