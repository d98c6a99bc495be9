import { Popover } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { CARD_CLASSES, CARD_TYPES, DISCIPLINES, type Face } from '../../../api/types';
import { type BoardSearch, DUE, isFiltered, NO_FILTER, QUICK } from '../../../lib/search';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { useCounts, useLive, usePeople, useRoom, useUi } from '../context';
import { t } from '../messages-dialogs';
import { t as tf } from '../messages-find';
import { type Dimension, facetsOf } from '../model/facets';
import { toggled } from '../model/filter';
import { className, typeName } from '../words';
import { FilterButton } from './FilterButton';
import s from './toolbar.module.css';
import '../../../ui/menu.css';

/** How many cards each choice would show, beside what the other fields leave; labels and owners that a card of this board has. */
function useChoices(search: BoardSearch) {
  const { store, me } = useRoom();
  const ids = useLive('cards', (st) => st.cardIds());
  const now = useUi((u) => u.now);
  const meId = me().person.id;
  return useMemo(() => {
    const cards = ids.map((id) => store.card(id)).filter((c): c is Face => c !== undefined);
    const have = facetsOf(cards, {}, { board: store.board(), meId, now });
    const labels = [...have.label].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map((x) => x[0]);
    return {
      labels,
      owners: have.owner,
      counts: facetsOf(cards, search, { board: store.board(), meId, now }),
    };
  }, [ids, store, search, meId, now]);
}

export function FilterPopover({ search }: { search: BoardSearch }) {
  const { ui } = useRoom();
  const open = useUi((u) => u.filterOpen);
  return (
    <Popover
      opened={open}
      onChange={(o) => ui.setState({ filterOpen: o })}
      position="bottom-start"
      width={400}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <FilterButton search={search} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('board.filter')}>
        {open && <Choices search={search} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={s.choices}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** So many labels are shown at first; those that are chosen always. */
const LABELS_SHOWN = 16;

function Choices({ search }: { search: BoardSearch }) {
  const { setSearch, ui } = useRoom();
  const people = usePeople();
  const { shown, total } = useCounts();
  const { labels, owners, counts } = useChoices(search);
  const [all, setAll] = useState(false);
  const chips = <T extends string>(field: Dimension, list: readonly T[], name: (v: T) => ReactNode) =>
    list.map((v) => {
      const on = ((search[field] ?? []) as readonly string[]).includes(v);
      const n = counts[field].get(v) ?? 0;
      return (
        <button
          key={v}
          type="button"
          className={`chip plain ${n === 0 && !on ? s.empty : ''}`}
          aria-pressed={on}
          onClick={() => setSearch({ [field]: toggled(search[field] as T[] | undefined, v) })}
        >
          {name(v)}
          <span className={`num ${s.n}`}>{n}</span>
        </button>
      );
    });
  const known = [...people.values()]
    .filter((p) => owners.has(p.id) || search.owner?.includes(p.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const person = (id: string) => {
    const p = people.get(id);
    return p ? (
      <>
        <Avatar person={p} size={18} decorative />
        {p.name}
      </>
    ) : (
      t('board.noOwner')
    );
  };
  const few = labels.filter((l, i) => all || i < LABELS_SHOWN || search.label?.includes(l));
  return (
    <div className={s.filter}>
      <input
        className="input sm"
        type="search"
        data-autofocus
        placeholder={t('board.filterText')}
        aria-label={t('board.filterText')}
        value={search.q ?? ''}
        onChange={(e) => setSearch({ q: e.target.value || undefined }, { replace: true })}
      />
      <Group title={tf('board.stateWord')}>
        {chips('quick', QUICK, (q) => (q === 'wip' ? t('board.facts') : t(`board.quick.${q}`)))}
      </Group>
      <Group title={t('board.owner')}>{chips('owner', ['none', ...known.map((p) => p.id)], person)}</Group>
      <Group title={t('board.discipline')}>
        {chips('disc', DISCIPLINES, (d) => (
          <>
            <DiscIcon d={d} size={14} decorative />
            {disciplineName(d)}
          </>
        ))}
      </Group>
      {labels.length > 0 && (
        <Group title={t('board.label')}>
          {chips('label', few, (l) => l)}
          {few.length < labels.length && (
            <button type="button" className="btn ghost sm" onClick={() => setAll(true)}>
              {tf('board.moreLabels', { n: labels.length - few.length })}
            </button>
          )}
        </Group>
      )}
      <Group title={t('board.typeWord')}>{chips('type', CARD_TYPES, typeName)}</Group>
      <Group title={t('board.classWord')}>{chips('class', CARD_CLASSES, className)}</Group>
      <Group title={tf('board.due')}>{chips('due', DUE, (d) => tf(`board.due.${d}`))}</Group>
      <div className={s.filterFoot}>
        <span className={s.shownIn} role="status">
          {tf('board.shownIn', { n: shown, of: total })}
        </span>
        {isFiltered(search) && (
          <button type="button" className="btn ghost sm" onClick={() => setSearch(NO_FILTER)}>
            {t('board.clear')}
          </button>
        )}
        <button type="button" className="btn line sm" onClick={() => ui.setState({ filterOpen: false })}>
          {t('board.done')}
        </button>
      </div>
    </div>
  );
}
