import { Button } from '@mantine/core';
import type { ImportReport } from '../../../contract/card.ts';
import { useCardTexts } from './card-texts.ts';
import classes from './import.module.css';

interface Props {
  report: ImportReport;
  onAgain: () => void;
  onClose: () => void;
}

const reasons = ['invalid-utf8', 'too-long', 'control-character', 'empty-number', 'empty-secret'] as const;

export function ImportResult({ report, onAgain, onClose }: Props) {
  const t = useCardTexts();
  const { imported, duplicates, rejected } = report;
  const reasonOf = (reason: string) => {
    const known = reasons.find((one) => one === reason);
    return known ? t(`reason.${known}`) : reason;
  };
  return (
    <div className="cw-stack" role="status">
      <h3 className={classes.done}>{t('import.done')}</h3>
      <div>{t('import.imported', { count: imported.toLocaleString() })}</div>
      {duplicates.count > 0 && (
        <div>
          {t('import.duplicates', {
            count: duplicates.count.toLocaleString(),
            lines: duplicates.lines.slice(0, 20).join(', ') + (duplicates.count > 20 ? ' …' : ''),
          })}
        </div>
      )}
      {rejected.count > 0 && (
        <div>
          {t('import.rejected', { count: rejected.count.toLocaleString() })}
          <ul className={classes.rejected}>
            {rejected.lines.slice(0, 20).map(({ line, reason }) => (
              <li key={line}>{t('import.rejectedLine', { line, reason: reasonOf(reason) })}</li>
            ))}
          </ul>
        </div>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={onAgain}>
          {t('import.again')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('import.close')}
        </Button>
      </div>
    </div>
  );
}
