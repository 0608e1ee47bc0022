import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Action } from '../../../contract/permissions.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { useMay } from '../access/may.ts';
import { useTexts } from '../admin-texts.ts';
import classes from './form-actions.module.css';

interface Props {
  saving: { isPending: boolean; isSuccess: boolean; error: unknown };
  /** Loads again what somebody else changed meanwhile. What was typed is lost, so it is asked for, never done by itself. */
  onReload?: () => void;
  /** What somebody else has changed, shown where the row is not as it was any more. */
  theirs?: ReactNode;
  onCancel?: () => void;
  submit?: string;
  /** Who may not do this sees no button to save, and none of the others. */
  action?: Action;
  children?: ReactNode;
}

/** The end of a form: what went wrong, that it was saved, and the buttons. */
export function FormActions({ saving, onReload, theirs, onCancel, submit, action, children }: Props) {
  const t = useTexts();
  const may = useMay();
  const mayDo = !action || may(action);
  const { error } = saving;
  const isStale = error instanceof ApiProblem && error.code === 'edit_conflict';
  return (
    <div className={classes.end}>
      {error !== null && error !== undefined && (
        <ProblemNotice problem={error}>
          {error instanceof ApiProblem && <Details problem={error} />}
          {isStale && theirs}
          {isStale && onReload && (
            <Button variant="default" size="compact-sm" mt={8} onClick={onReload}>
              {t('form.loadTheirs')}
            </Button>
          )}
        </ProblemNotice>
      )}
      <div className={classes.actions}>
        <span role="status" className={classes.saved}>
          {saving.isSuccess && !saving.isPending && t('form.saved')}
        </span>
        {mayDo && children}
        {onCancel && (
          <Button variant="default" onClick={onCancel} disabled={saving.isPending}>
            {t('form.cancel')}
          </Button>
        )}
        {mayDo && (
          <Button type="submit" loading={saving.isPending}>
            {submit ?? t('form.save')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Which fields the server refused. */
function Details({ problem }: { problem: ApiProblem }) {
  if (problem.errors.length === 0) return null;
  return (
    <ul className={classes.details}>
      {problem.errors.map(({ path, message }) => (
        <li key={path + message}>
          <code>{path}</code> {message}
        </li>
      ))}
    </ul>
  );
}
