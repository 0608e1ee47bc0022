import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../admin-texts.ts';
import classes from './form-actions.module.css';

interface Props<Row, Draft extends object> {
  /** As the form was filled when it was opened. */
  before: Draft;
  load: () => Promise<Row>;
  draftOf: (row: Row) => Draft;
  /** The name of a field and its value in words; undefined for what nobody needs to be told. */
  words: (key: keyof Draft & string, value: unknown) => { name: string; value: string } | undefined;
  onMerge: (theirs: Row) => void;
}

/** What somebody else has saved since a form was opened, field by field, and a way to save one's own changes on top of it. */
export function TheirChanges<Row, Draft extends object>({ before, load, draftOf, words, onMerge }: Props<Row, Draft>) {
  const t = useTexts();
  const { data: theirs } = useQuery({ queryKey: ['theirs', before], queryFn: load, gcTime: 0 });
  if (!theirs) return null;
  const now = draftOf(theirs);
  const changes = changedKeys(before, now).flatMap((key) => {
    const [was, is] = [words(key, before[key]), words(key, now[key])];
    return was && is ? [{ key, name: is.name, was: was.value, is: is.value }] : [];
  });
  return (
    <div>
      <div>{t('form.theirChanges')}</div>
      <ul className={classes.details}>
        {changes.length === 0 && <li>{t('form.theirNothing')}</li>}
        {changes.map(({ key, name, was, is }) => (
          <li key={key}>{t('form.wasAndIs', { name, was, is })}</li>
        ))}
      </ul>
      <Button size="compact-sm" mt={8} mr={8} onClick={() => onMerge(theirs)}>
        {t('form.keepMine')}
      </Button>
    </div>
  );
}

/** Theirs, with what was changed here put on top. */
export function mergedDraft<Draft extends object>(mine: Draft, before: Draft, theirs: Draft): Draft {
  const own = changedKeys(before, mine).map((key) => [key, mine[key]]);
  return { ...theirs, ...Object.fromEntries(own) };
}

function changedKeys<Draft extends object>(before: Draft, after: Draft): (keyof Draft & string)[] {
  const keys = Object.keys(after) as (keyof Draft & string)[];
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
