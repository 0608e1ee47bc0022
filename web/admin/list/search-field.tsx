import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTexts } from '../admin-texts.ts';
import classes from './search-field.module.css';

interface Props {
  label: string;
  value: string;
  maxLength?: number;
  onSearch: (value: string) => void;
}

/** Searches on Enter, not on each letter: some searches look through millions of rows. */
export function SearchField({ label, value, maxLength = 120, onSearch }: Props) {
  const t = useTexts();
  const [typed, setTyped] = useState(value);
  // The browser's back brings an earlier search into the address.
  useEffect(() => setTyped(value), [value]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim());
  };
  return (
    <search className={classes.search}>
      <form onSubmit={submit}>
        <TextInput
          aria-label={label}
          placeholder={label}
          value={typed}
          maxLength={maxLength}
          leftSection={<IconSearch size={17} aria-hidden />}
          enterKeyHint="search"
          onChange={(event) => setTyped(event.currentTarget.value)}
          rightSection={
            typed !== '' && (
              <CloseButton
                aria-label={t('list.clear')}
                onClick={() => {
                  setTyped('');
                  onSearch('');
                }}
              />
            )
          }
        />
      </form>
    </search>
  );
}
