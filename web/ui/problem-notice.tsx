import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useProblemMessage } from './problem-message.ts';
import classes from './problem-notice.module.css';
import { useUiTexts } from './ui-texts.ts';

interface Props {
  problem: unknown;
  onRetry?: () => void;
  children?: React.ReactNode;
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
