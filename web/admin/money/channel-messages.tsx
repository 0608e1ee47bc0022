import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './money.module.css';
import { messagesQuery } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';
import { rawText } from './raw-text.ts';

const kinds = ['proof', 'repeat', 'failed', 'refund', 'disputed', 'ask', 'ignored'] as const;

/** Fetched only when somebody wants to see them: they name the payer's account. */
export function ChannelMessages({ id }: { id: string }) {
  const t = useMoneyTexts();
  const dateTime = useDateTime();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...messagesQuery(id), enabled: isOpen });
  const kindName = (kind: string) => {
    const known = kinds.find((one) => one === kind);
    return known ? t(`message.${known}`) : kind;
  };
  return (
    <section className="cw-panel cw-stack" aria-labelledby="messages">
      <div>
        <h2 id="messages" className="cw-section-title">
          {t('messages.title')}
        </h2>
        <p className={classes.lead}>{t('messages.lead')}</p>
      </div>
      {!isOpen && (
        <Button variant="default" className={classes.start} onClick={() => setOpen(true)}>
          {t('messages.show')}
        </Button>
      )}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.lead}>{t('messages.none')}</p>}
      {data?.map((message, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no number, and are only ever added
        <figure key={i} className={classes.message}>
          <figcaption>
            <strong>{kindName(message.kind)}</strong> · {message.channel} · {dateTime(message.receivedAt)}
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must reach what scrolls */}
          <pre className={classes.raw} tabIndex={0} dir="ltr">
            {rawText(message.raw)}
          </pre>
        </figure>
      ))}
    </section>
  );
}
