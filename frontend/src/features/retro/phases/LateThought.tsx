import { Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '../messages';
import { useRoom } from '../room';
import { columnOf } from '../words';

/**
 * Something that comes to mind while one reads. Where a retro has names it is added and marked, until people vote; where
 * it has none, it is said why not: a note that came alone would be known by its moment.
 */
export function LateThought() {
  const { view, retro, tab } = useRoom();
  const [text, setText] = useState('');
  const [column, setColumn] = useState(columnOf(view, tab)?.key ?? '');
  const [open, setOpen] = useState(false);
  const { phase, anonymity } = view.retro;
  if (!view.me.canWrite || (phase !== 'reveal' && phase !== 'group')) return null;
  if (anonymity === 'anonymous') return <p className="rt-late-no">{t('rt.lateAnonymous')}</p>;
  if (!open)
    return (
      <button type="button" className="btn line sm rt-late-add" onClick={() => setOpen(true)}>
        <Plus size={15} aria-hidden />
        {t('rt.lateAdd')}
      </button>
    );
  return (
    <form
      className="rt-late-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (!text.trim()) return;
        retro.act({ do: 'note', column, text: text.trim() });
        setText('');
        setOpen(false);
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the press that opened it asked for it
        autoFocus
        className="input"
        maxLength={1000}
        aria-label={t('rt.lateAdd')}
        placeholder={t('rt.write')}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => e.key === 'Escape' && setOpen(false)}
      />
      {view.columns.length > 1 && (
        <select
          className="input"
          aria-label={t('rt.lateColumn')}
          value={column}
          onChange={(e) => setColumn(e.target.value)}
        >
          {view.columns.map((c) => (
            <option key={c.key} value={c.key}>
              {c.title}
            </option>
          ))}
        </select>
      )}
      <button type="submit" className="btn line">
        {t('rt.add')}
      </button>
    </form>
  );
}
