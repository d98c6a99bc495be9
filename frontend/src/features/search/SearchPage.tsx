import { Search, SearchX, Telescope, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useData } from '../../lib/data';
import { useKeys } from '../../lib/keys';
import { PageTitle } from '../../lib/page';
import { EmptyState } from '../../ui/EmptyState';
import { RequestNumber } from '../../ui/RequestNumber';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Filters } from './Filters';
import { t } from './messages';
import { Row } from './Row';
import './search.css';
import { asks, type Found, pathOf, type SearchFor } from './types';

const TYPING_MS = 160;

interface Props {
  /** What the address asks for, and the way to change it; `replace` leaves no step for Back. */
  search: SearchFor;
  onSearch: (next: SearchFor, replace: boolean) => void;
}

/** Search over everything this person may see. */
export function SearchPage({ search, onSearch }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  useKeys(t('search.title'), [{ keys: '/', label: t('search.field'), run: () => field.current?.select() }]);

  const walk = (e: KeyboardEvent) => {
    const down = e.key === 'ArrowDown';
    if ((!down && e.key !== 'ArrowUp') || e.altKey || e.ctrlKey || e.metaKey) return;
    const stops = [field.current, ...(list.current?.querySelectorAll<HTMLElement>('a[data-result]') ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (down ? 1 : -1)];
    if (at < 0 || !next) return;
    e.preventDefault();
    next.focus();
  };

  return (
    <div className="page">
      <PageTitle title={t('search.title')} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from the field through the results; each is reached by Tab too */}
      <div className="page-in narrow" onKeyDown={walk}>
        <search>
          <Field key={search.owner} search={search} onSearch={onSearch} field={field} />
          <Filters search={search} onSearch={(next) => onSearch(next, false)} />
        </search>
        <div ref={list}>
          {asks(search) ? (
            <Results search={search} onSearch={onSearch} field={field} />
          ) : (
            <EmptyState icon={<Telescope size={30} />} title={t('search.begin')}>
              <ul className="search-tips">
                <li>{t('search.begin.words')}</li>
                <li>{t('search.begin.where')}</li>
                <li>{t('search.begin.names')}</li>
              </ul>
            </EmptyState>
          )}
        </div>
      </div>
    </div>
  );
}

type FieldRef = React.RefObject<HTMLInputElement | null>;

function Field({ search, onSearch, field }: Props & { field: FieldRef }) {
  const [text, setText] = useState(search.q ?? '');
  const sent = useRef(search.q ?? '');
  const id = useId();
  useEffect(() => {
    // Back or a link changed the address: the field follows.
    if ((search.q ?? '') === sent.current) return;
    sent.current = search.q ?? '';
    setText(sent.current);
  }, [search.q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      const first = sent.current === '';
      sent.current = text;
      onSearch({ ...search, q: text || undefined }, !first);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, search, onSearch]);
  return (
    <div className="searchbox wide search-field">
      <Search size={16} aria-hidden />
      <label className="sr" htmlFor={id}>
        {t('search.field')}
      </label>
      <input
        id={id}
        ref={field}
        type="search"
        value={text}
        maxLength={500}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => e.key === 'Escape' && setText('')}
      />
      {text && (
        <button
          type="button"
          className="searchbox-x"
          aria-label={t('search.clear')}
          onClick={() => {
            setText('');
            field.current?.focus();
          }}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

function Results({ search, onSearch, field }: Props & { field: FieldRef }) {
  const first = pathOf(search);
  const [pages, setPages] = useState<{ of: string; cursors: string[] }>({ of: first, cursors: [] });
  const cursors = pages.of === first ? pages.cursors : [];
  const { data, error, refetch, isPending } = useData<Found>(first);
  // What was found last stays while the next letter is asked for: nothing jumps as one types.
  const last = useRef<Found>(undefined);
  if (data) last.current = data;
  const shown = data ?? (error ? undefined : last.current);
  if (error && !shown)
    return (
      <EmptyState
        title={t('search.failed')}
        action={
          <>
            <button type="button" className="btn" onClick={() => refetch()}>
              {t('search.retry')}
            </button>
            <RequestNumber error={error} />
          </>
        }
      >
        {error.message}
      </EmptyState>
    );
  if (!shown) return isPending ? <Waiting /> : null;
  if (shown.items.length === 0) return <None search={search} onSearch={onSearch} field={field} />;
  const rest = cursors.at(-1) ?? shown.nextCursor;
  return (
    <>
      <p className="search-count" role="status">
        {t(shown.nextCursor ? 'search.countMore' : 'search.count', { n: shown.items.length })}
      </p>
      <ul className="panel rows search-rows" aria-label={t('search.results')} data-old={!data || undefined}>
        {shown.items.map((i) => (
          <Row key={`${i.kind}${i.id}`} item={i} asked={search.q ?? ''} />
        ))}
        {cursors.map((c, n) => (
          <More
            key={c}
            path={pathOf(search, c)}
            asked={search.q ?? ''}
            last={n === cursors.length - 1}
            onMore={(next) => setPages({ of: first, cursors: [...cursors, next] })}
          />
        ))}
      </ul>
      {cursors.length === 0 && rest && (
        <button
          type="button"
          className="btn line search-more"
          onClick={() => setPages({ of: first, cursors: [rest] })}
        >
          {t('search.more')}
        </button>
      )}
    </>
  );
}

/** A further page of answers, and the way to the next. */
function More({
  path,
  asked,
  last,
  onMore,
}: {
  path: string;
  asked: string;
  last: boolean;
  onMore: (cursor: string) => void;
}) {
  const { data, error, refetch } = useData<Found>(path);
  const next = data?.nextCursor;
  return (
    <>
      {data?.items.map((i) => (
        <Row key={`${i.kind}${i.id}`} item={i} asked={asked} />
      ))}
      {!data && (
        <li className="row-a" role={error ? 'alert' : undefined}>
          {error ? (
            <>
              <span className="row-main">
                {t('search.failed')}
                <small>{error.message}</small>
              </span>
              <button type="button" className="btn line sm" onClick={() => refetch()}>
                {t('search.retry')}
              </button>
            </>
          ) : (
            <Bone width={220} height={16} />
          )}
        </li>
      )}
      {last && next && (
        <li className="row-a">
          <button type="button" className="btn line sm" onClick={() => onMore(next)}>
            {t('search.more')}
          </button>
        </li>
      )}
    </>
  );
}

function Waiting() {
  return (
    <AfterAWhile>
      <div className="panel rows search-rows" aria-hidden="true">
        {[1, 2, 3, 4].map((n) => (
          <div key={n} className="row-a">
            <Bone width={48} height={14} />
            <Bone width={220} height={16} />
          </div>
        ))}
      </div>
    </AfterAWhile>
  );
}

function None({ search, onSearch, field }: Props & { field: FieldRef }) {
  const filtered = search.kind !== undefined || search.state !== undefined || search.team !== undefined;
  const title = !search.q
    ? t('search.none.person')
    : t(filtered || search.owner ? 'search.none.filtered' : 'search.none', { q: search.q });
  return (
    <EmptyState
      icon={<SearchX size={28} />}
      title={title}
      action={
        filtered || search.owner ? (
          <button type="button" className="btn line" onClick={() => onSearch({ q: search.q }, false)}>
            {t('search.unfilter')}
          </button>
        ) : (
          <button type="button" className="btn line" onClick={() => field.current?.select()}>
            {t('search.anew')}
          </button>
        )
      }
    >
      {search.q && t('search.none.text')}
    </EmptyState>
  );
}
