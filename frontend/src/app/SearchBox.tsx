import { Link, useNavigate } from '@tanstack/react-router';
import { Search, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../lib/keys';
import { useBoardSearch } from '../lib/search';
import { OwnKey } from '../ui/Kbd';
import { t } from './messages';

/** Filters the open board while one types, and with Enter searches everywhere; `/` comes here, Escape clears and then leaves. */
export function SearchBox() {
  const [search, setSearch] = useBoardSearch();
  const [text, setText] = useState(search.q ?? '');
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const sent = useRef(search.q ?? '');

  useEffect(() => {
    // Back, a link or "Clear" changed the address: the box follows.
    if ((search.q ?? '') !== sent.current) {
      sent.current = search.q ?? '';
      setText(sent.current);
    }
  }, [search.q]);

  const change = (value: string) => {
    setText(value);
    const before = sent.current;
    sent.current = value;
    // One step for Back per search, not one per letter.
    setSearch({ q: value || undefined }, { replace: before !== '' });
  };

  useKeys(t('app.board'), [
    {
      keys: '/',
      label: t('app.key.search'),
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);

  return (
    <search className="searchbox">
      <Search size={15} aria-hidden />
      <label className="sr" htmlFor={id}>
        {t('app.search.board')}
      </label>
      <input
        id={id}
        ref={input}
        type="search"
        value={text}
        placeholder={t('app.search.board')}
        autoComplete="off"
        onChange={(e) => change(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && text.trim() && !e.nativeEvent.isComposing)
            void navigate({ to: '/search', search: { q: text.trim() } });
          if (e.key !== 'Escape') return;
          if (text) change('');
          else input.current?.blur();
        }}
      />
      {text ? (
        <button
          type="button"
          className="searchbox-x"
          aria-label={t('app.search.clear')}
          onClick={() => change('')}
        >
          <X size={14} aria-hidden />
        </button>
      ) : (
        <span className="searchbox-key" aria-hidden="true">
          <OwnKey of="/" />
        </span>
      )}
      {text.trim() && (
        <Link to="/search" search={{ q: text.trim() }} className="searchbox-all">
          <span>{t('app.search.everywhereFor', { q: text.trim() })}</span>
          <kbd>Enter</kbd>
        </Link>
      )}
    </search>
  );
}
