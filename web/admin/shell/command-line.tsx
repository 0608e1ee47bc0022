import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './command-line.module.css';

/** Something to be run on the shop's machine, or otherwise pasted as it is. */
export function CommandLine({ command, describes }: { command: string; describes?: string }) {
  return (
    <div className={classes.line}>
      <code className={classes.command}>{command}</code>
      <CopyButton text={command} describes={describes ?? command} variant="subtle" size="compact-sm" />
    </div>
  );
}
