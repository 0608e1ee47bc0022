import { NativeSelect } from '@mantine/core';
import { type AuditAction, auditActions } from '../../../contract/audit-actions.ts';
import { createPageTexts } from '../../ui/texts.ts';
import { zh } from './actions/zh.ts';
import classes from './audit-page.module.css';
import { useAuditTexts } from './audit-texts.ts';

const { useTexts } = await createPageTexts(zh, async () => (await import('./actions/en.ts')).en);

const isKnown = (action: string): action is AuditAction => Object.hasOwn(zh, action);

/** What was done, in words; of a newer program's action, its code. */
export function useActionWords(): (action: string) => string {
  const t = useTexts();
  return (action) => (isKnown(action) ? t(action) : action);
}

/** The code stands below: it is what exports and searches through the API use. */
export function ActionName({ action }: { action: string }) {
  const wordsOf = useActionWords();
  const words = wordsOf(action);
  return (
    <>
      {words}
      {words !== action && <code className={classes.code}>{action}</code>}
    </>
  );
}

interface Props {
  label: string;
  value: string;
  onPick: (action: string) => void;
}

/** An address may name an action that this page does not know. */
export function ActionPicker({ label, value, onPick }: Props) {
  const t = useAuditTexts();
  const wordsOf = useActionWords();
  const actions: readonly string[] = value === '' || isKnown(value) ? auditActions : [...auditActions, value];
  const data = actions.map((action) => ({ value: action, label: `${wordsOf(action)} · ${action}` }));
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: t('anyAction') }, ...data]}
      value={value}
      onChange={(event) => onPick(event.currentTarget.value)}
    />
  );
}
