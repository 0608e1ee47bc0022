import { IconSearch, IconX } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../shop-texts.ts';
import classes from './search-box.module.css';

const typingPauseMs = 300;

/** Searches while the buyer types on the catalogue, and on Enter from any page. */
export function SearchBox() {
  const t = useTexts();
  const navigate = useNavigate();
  const here = useRouterState({ select: (state) => state.location });
  const onCatalog = here.pathname === '/';
  const asked = onCatalog ? ((here.search as { q?: string }).q ?? '') : '';
  const [typed, setTyped] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Following a category or the back button changes the question without typing.
  useEffect(() => setTyped(asked), [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (q: string, replace: boolean) => {
    clearTimeout(timer.current);
    const question = q.trim();
    void navigate({
      to: '/',
      search: (before) => {
        const category = onCatalog ? (before as { category?: string }).category : undefined;
        return { ...(category && { category }), ...(question && { q: question }) };
      },
      replace,
    });
  };
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    if (onCatalog) timer.current = setTimeout(() => search(value, true), typingPauseMs);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the <search> element is unknown to browsers in wide use
    <form
      role="search"
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        search(typed, onCatalog);
      }}
    >
      <IconSearch className={classes.icon} size={18} aria-hidden />
      <input
        className={classes.input}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        aria-label={t('catalog.search')}
        placeholder={t('catalog.searchPlaceholder')}
      />
      {typed && (
        <button
          type="button"
          className={classes.clear}
          aria-label={t('catalog.clearSearch')}
          onClick={() => {
            setTyped('');
            search('', true);
          }}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
    </form>
  );
}
