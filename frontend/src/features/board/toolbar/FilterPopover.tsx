import { Popover } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { CARD_CLASSES, CARD_TYPES, DISCIPLINES } from '../../../api/types';
import { type BoardSearch, isFiltered, NO_FILTER } from '../../../lib/search';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { disciplineName } from '../../../ui/messages';
import { useLive, usePeople, useRoom, useUi } from '../context';
import { t } from '../messages-dialogs';
import { toggled } from '../model/filter';
import { className, typeName } from '../words';
import { FilterButton } from './FilterButton';
import s from './toolbar.module.css';
import '../../../ui/menu.css';

/** Labels and owners that some card of this board has, with how many. */
function useChoices() {
  const { store } = useRoom();
  const ids = useLive('cards', (st) => st.cardIds());
  return useMemo(() => {
    const labels = new Map<string, number>();
    const owners = new Map<string, number>();
    for (const id of ids) {
      const c = store.card(id);
      if (!c) continue;
      for (const l of c.labels) labels.set(l, (labels.get(l) ?? 0) + 1);
      if (c.ownerIds.length === 0) owners.set('none', (owners.get('none') ?? 0) + 1);
      for (const o of c.ownerIds) owners.set(o, (owners.get(o) ?? 0) + 1);
    }
    return { labels: [...labels].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])), owners };
  }, [ids, store]);
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

function Choices({ search }: { search: BoardSearch }) {
  const { setSearch, ui } = useRoom();
  const people = usePeople();
  const { labels, owners } = useChoices();
  const chip = (key: string, on: boolean, flip: () => void, content: ReactNode, n?: number) => (
    <button key={key} type="button" className="chip plain" aria-pressed={on} onClick={flip}>
      {content}
      {n !== undefined && <span className={`num ${s.n}`}>{n}</span>}
    </button>
  );
  const known = [...people.values()]
    .filter((p) => owners.has(p.id) || search.owner?.includes(p.id))
    .sort((a, b) => a.name.localeCompare(b.name));
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
      <Group title={t('board.owner')}>
        {chip(
          'none',
          search.owner?.includes('none') ?? false,
          () => setSearch({ owner: toggled(search.owner, 'none') }),
          t('board.noOwner'),
          owners.get('none') ?? 0,
        )}
        {known.map((p) =>
          chip(
            p.id,
            search.owner?.includes(p.id) ?? false,
            () => setSearch({ owner: toggled(search.owner, p.id) }),
            <>
              <Avatar person={p} size={18} decorative />
              {p.name}
            </>,
            owners.get(p.id),
          ),
        )}
      </Group>
      <Group title={t('board.discipline')}>
        {DISCIPLINES.map((d) =>
          chip(
            d,
            search.disc?.includes(d) ?? false,
            () => setSearch({ disc: toggled(search.disc, d) }),
            <>
              <DiscIcon d={d} size={14} decorative />
              {disciplineName(d)}
            </>,
          ),
        )}
      </Group>
      {labels.length > 0 && (
        <Group title={t('board.label')}>
          {labels
            .slice(0, 40)
            .map(([l, n]) =>
              chip(
                l,
                search.label?.includes(l) ?? false,
                () => setSearch({ label: toggled(search.label, l) }),
                l,
                n,
              ),
            )}
        </Group>
      )}
      <Group title={t('board.typeWord')}>
        {CARD_TYPES.map((x) =>
          chip(
            x,
            search.type?.includes(x) ?? false,
            () => setSearch({ type: toggled(search.type, x) }),
            typeName(x),
          ),
        )}
      </Group>
      <Group title={t('board.classWord')}>
        {CARD_CLASSES.map((x) =>
          chip(
            x,
            search.class?.includes(x) ?? false,
            () => setSearch({ class: toggled(search.class, x) }),
            className(x),
          ),
        )}
      </Group>
      <div className={s.filterFoot}>
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
