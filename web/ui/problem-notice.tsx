import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useProblemMessage } from './problem-message.ts';
import classes from './problem-notice.module.css';
import { ApiProblem } from './request-json.ts';
import { useUiTexts } from './ui-texts.ts';

interface Props {
  problem: unknown;
  onRetry?: () => void;
  children?: React.ReactNode;
}

/** Somebody else was faster: what happened, and who did it, as the shop tells it. */
const conflicts: readonly string[] = [
  'edit_conflict',
  'order_state_conflict',
  'order_not_cancellable',
  'card_state_conflict',
  'payment_not_confirmable',
];

function isConflict(problem: unknown): problem is ApiProblem {
  return problem instanceof ApiProblem && conflicts.includes(problem.code) && problem.detail !== undefined;
}

/** A failed call in the buyer's words, said at once to those who listen. */
export function ProblemNotice({ problem, onRetry, children }: Props) {
  const t = useUiTexts();
  const message = useProblemMessage();
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div className={classes.body}>
        <div>{message(problem)}</div>
        {isConflict(problem) && <div className={classes.detail}>{problem.detail}</div>}
        {children}
        {onRetry && (
          <Button variant="default" size="compact-sm" mt={8} onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
