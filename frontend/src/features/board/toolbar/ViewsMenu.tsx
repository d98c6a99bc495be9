import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Bookmark, Check, ChevronDown, Pin, Plus, Settings2, UsersRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { putData, useData } from '../../../lib/data';
import { type BoardSearch, isFiltered } from '../../../lib/search';
import { useRoom } from '../context';
import { t } from '../messages-find';
import s from './toolbar.module.css';
import { ManageViews, SaveView } from './ViewDialogs';
import { type SavedView, type SavedViews, sameView, searchOf, viewsPath } from './views';
import '../../../ui/menu.css';

type Open = 'save' | 'manage' | undefined;

/** The board's views: filters and rows under a name, each a link. What is shared, everybody who sees the board has. */
export function ViewsMenu({ search }: { search: BoardSearch }) {
  const { store } = useRoom();
  const path = viewsPath(store.boardId);
  const { data, refetch } = useData<SavedViews>(path);
  const [open, setOpen] = useState<Open>();
  const views = data?.items ?? [];
  const now = views.find((v) => sameView(searchOf(v.query), search));
  useOpenWith(data, search);
  // somebody shared a view, or took one back
  useEffect(() => store.subscribe('board', () => void refetch()), [store, refetch]);
  const kept = isFiltered(search) || search.lanes !== undefined;
  const item = (v: SavedView) => (
    <Menu.Item
      key={v.id}
      component={Link}
      {...({ to: '/b/$board', params: { board: store.boardId }, search: searchOf(v.query) } as object)}
      leftSection={v.id === now?.id ? <Check size={15} aria-hidden /> : <span className={s.noTick} />}
      rightSection={
        <>
          {v.id === data?.defaultId && <Pin size={13} aria-label={t('board.views.opens')} />}
          {v.shared && <UsersRound size={13} aria-label={t('board.views.shared')} />}
        </>
      }
    >
      {v.name}
    </Menu.Item>
  );
  return (
    <>
      <Menu position="bottom-start" withinPortal returnFocus width={260}>
        <Menu.Target>
          <button
            type="button"
            className={now ? 'btn soft' : 'btn ghost'}
            aria-label={now ? t('board.views.now', { name: now.name }) : t('board.views')}
            title={now ? undefined : t('board.views')}
          >
            <Bookmark size={15} aria-hidden />
            <span className={now ? s.viewName : s.word}>{now?.name ?? t('board.views')}</span>
            <ChevronDown size={13} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            {...({ to: '/b/$board', params: { board: store.boardId }, search: {} } as object)}
            leftSection={kept ? <span className={s.noTick} /> : <Check size={15} aria-hidden />}
          >
            {t('board.views.everything')}
          </Menu.Item>
          {views.length > 0 && <Menu.Divider />}
          {views.map(item)}
          <Menu.Divider />
          {views.length === 0 && !kept && <Menu.Label>{t('board.views.none')}</Menu.Label>}
          {kept && !now && (
            <Menu.Item leftSection={<Plus size={15} aria-hidden />} onClick={() => setOpen('save')}>
              {t('board.views.save')}
            </Menu.Item>
          )}
          {views.length > 0 && (
            <Menu.Item leftSection={<Settings2 size={15} aria-hidden />} onClick={() => setOpen('manage')}>
              {t('board.views.manage')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'save' && (
        <SaveView
          search={search}
          onClose={() => setOpen(undefined)}
          onSaved={(v) => putData(path, () => v)}
        />
      )}
      {open === 'manage' && data && (
        <ManageViews
          views={data}
          search={search}
          onClose={() => setOpen(undefined)}
          onChanged={(v) => putData(path, () => v)}
        />
      )}
    </>
  );
}

/** A bare address opens with the view that this person has chosen; any other address says itself what it shows. */
function useOpenWith(data: SavedViews | undefined, search: BoardSearch): void {
  const { setSearch } = useRoom();
  const asked = useRef(false);
  useEffect(() => {
    if (!data || asked.current) return;
    asked.current = true;
    const own = data.items.find((v) => v.id === data.defaultId);
    if (!own || isFiltered(search) || search.lanes !== undefined) return;
    setSearch(searchOf(own.query), { replace: true });
  }, [data, search, setSearch]);
}
