import { useEffect, useRef, useState } from 'react';
import type { Column, NewCard as Fields } from '../../api/types';
import { DISCIPLINES, type Discipline } from '../../api/types';
import { readDraft, writeDraft } from '../../lib/drafts';
import { DiscIcon } from '../../ui/DiscIcon';
import { disciplineName } from '../../ui/messages';
import { useLanes, useRoom } from './context';
import { t } from './messages';
import type { Group } from './model/groups';
import s from './new-card.module.css';

/** A row made on the fly says something about the card that is made in it. */
export function fieldsOfRow(by: string, row: string, lanes: boolean): Partial<Fields> {
  if (row === '*' || row === '') return {};
  switch (by) {
    case 'lanes':
      return lanes ? { laneId: row } : {};
    case 'discipline':
      return { discipline: row as Fields['discipline'] };
    case 'class':
      return row === 'expedite' ? {} : { class: row as Fields['class'] };
    case 'type':
      return { type: row as Fields['type'] };
    case 'owner':
      return { ownerIds: [row] };
    case 'label':
      return { labels: [row] };
    case 'parent':
      return { parentId: row };
    default:
      return {};
  }
}

/** The three seats, and as the fourth one's own when it is none of them. */
function offered(own: Discipline): readonly Discipline[] {
  const seats = DISCIPLINES.slice(0, 4);
  return seats.includes(own) ? seats : [...DISCIPLINES.slice(0, 3), own];
}

/** A title in place. Enter saves and stays for the next one, Ctrl+Enter saves and opens it, Esc closes and keeps the words. */
export function NewCard({ column, row }: { column: Column; row: Group }) {
  const { ui, view, actions, setSearch, me } = useRoom();
  const lanes = useLanes();
  // Esc keeps what was typed, and so does a reload: it is here again when the same place is opened.
  const slot = `new.${column.id}.${row.id}`;
  const [title, setTitle] = useState(() => readDraft(slot)?.text ?? '');
  const [discipline, setDiscipline] = useState<Discipline>(() => me().person.discipline);
  const ref = useRef<HTMLTextAreaElement>(null);
  const fixed = fieldsOfRow(view.by(), row.id, lanes.length > 0);
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    el.focus();
    // A kept draft goes on where it stopped.
    el.setSelectionRange(el.value.length, el.value.length);
    el.scrollIntoView({ block: 'nearest' });
  }, []);
  const write = (text: string) => {
    setTitle(text);
    writeDraft(slot, { text });
  };
  const close = () => {
    ui.setState({ draft: null });
    requestAnimationFrame(() => {
      const { focusId } = ui.getState();
      if (focusId) document.querySelector<HTMLElement>(`[data-link="${focusId}"]`)?.focus();
    });
  };
  const save = async (open: boolean) => {
    const clean = title.replace(/\s+/g, ' ').trim();
    if (!clean) {
      ref.current?.focus();
      return;
    }
    write('');
    if (open) close();
    const face = await actions.create(column.id, { title: clean, discipline, ...fixed });
    if (!face) write(clean);
    else if (open) setSearch({ card: face.key });
    if (!open) ref.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <form
      className={s.new}
      aria-label={t('board.newCardIn', { column: column.name })}
      onSubmit={(e) => {
        e.preventDefault();
        void save(false);
      }}
    >
      <textarea
        ref={ref}
        rows={2}
        value={title}
        maxLength={200}
        placeholder={t('board.newCardTitle')}
        aria-label={t('board.newCardTitle')}
        onChange={(e) => write(e.target.value)}
        onKeyDown={(e) => {
          if (e.nativeEvent.isComposing) return;
          if (e.key === 'Enter' && !e.shiftKey) {
            e.preventDefault();
            void save(e.ctrlKey || e.metaKey);
          } else if (e.key === 'Escape') {
            e.preventDefault();
            e.stopPropagation();
            close();
          }
        }}
      />
      <div className={s.row}>
        {!fixed.discipline && (
          <fieldset className={s.discs} aria-label={t('board.leadingDiscipline')}>
            {offered(me().person.discipline).map((d) => (
              <button
                key={d}
                type="button"
                aria-pressed={d === discipline}
                aria-label={disciplineName(d)}
                title={disciplineName(d)}
                onClick={() => {
                  setDiscipline(d);
                  ref.current?.focus();
                }}
              >
                <DiscIcon d={d} size={15} solid={d === discipline} decorative />
              </button>
            ))}
          </fieldset>
        )}
        <span className={s.do}>
          <button
            type="button"
            className="btn ghost sm"
            title={t('board.templateTitle')}
            onClick={() => {
              ui.setState({
                draft: null,
                dialog: { kind: 'template', columnId: column.id, title: title.trim() },
              });
              write('');
            }}
          >
            {t('board.template')}
          </button>
          <button type="button" className="btn ghost sm" onClick={close}>
            {t('board.close')}
          </button>
          <button type="submit" className="btn sm">
            {t('board.add')}
          </button>
        </span>
      </div>
      <p className={s.hint}>{t('board.newCardHint')}</p>
    </form>
  );
}
