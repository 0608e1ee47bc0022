import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import classes from './ask-dialog.module.css';
import { Dialog } from './dialog.tsx';

interface Props {
  title: string;
  /** What will happen, and whether it can be undone. */
  says: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Asks why; the answer goes into the audit log. */
  withReason?: boolean;
  /** Further fields. */
  children?: ReactNode;
  /** Something among the further fields stands in the way. */
  blocked?: boolean;
  run: (reason: string) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
}

const minReason = 2;

/** Asks before something is done that matters, with room to say why. */
export function AskDialog(props: Props) {
  const { title, says, confirm, danger, withReason, children, blocked, run, onDone, onClose } = props;
  const t = useTexts();
  const [reason, setReason] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const doing = useMutation({ mutationFn: () => run(reason.trim()), onSuccess: onDone });
  const lacksReason = withReason === true && reason.trim().length < minReason;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!lacksReason && !blocked && !doing.isPending) doing.mutate();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.says}>{says}</div>
        {children}
        {withReason && (
          <Textarea
            label={t('ask.reason')}
            description={t('ask.reasonHint')}
            autosize
            minRows={2}
            maxLength={300}
            data-autofocus
            value={reason}
            error={wasTried && lacksReason && t('ask.needReason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {doing.error && <ProblemNotice problem={doing.error} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} disabled={doing.isPending}>
            {t('ask.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red.9' : 'jade'} loading={doing.isPending} disabled={blocked ?? false}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
