import { SegmentedControl, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useHomeTexts } from './home-texts.ts';
import { rangeNames } from './range.ts';
import classes from './range-picker.module.css';

/** Which days; kept in the address. */
export function RangePicker() {
  const t = useHomeTexts();
  const search = useSearch({ from: '/desk/' });
  const navigate = useNavigate({ from: '/' });
  const set = (name: 'range' | 'from' | 'to') => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  const chosen = rangeNames.find((name) => name === search.range) ?? 'today';
  return (
    <div className={classes.picker}>
      <SegmentedControl
        aria-label={t('range.label')}
        value={chosen}
        onChange={set('range')}
        data={rangeNames.map((name) => ({ value: name, label: t(`range.${name}`) }))}
      />
      {chosen === 'own' && (
        <>
          <TextInput
            type="date"
            aria-label={t('range.from')}
            value={search.from ?? ''}
            max={search.to}
            onChange={(event) => set('from')(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            aria-label={t('range.to')}
            value={search.to ?? ''}
            min={search.from}
            onChange={(event) => set('to')(event.currentTarget.value)}
          />
        </>
      )}
    </div>
  );
}
