import { useState } from 'react';
import { Dialog } from '../../../ui/Dialog';
import { t } from '../messages';
import { useRoom } from '../room';
import type { Bundle } from './Groups';

const FIND_FROM = 9;

/** Where a note or a group goes, chosen without a pointer: those of the same column first. */
export function PutTogether({
  what,
  others,
  onChoose,
  onClose,
}: {
  what: Bundle;
  others: Bundle[];
  onChoose: (onto: Bundle) => void;
  onClose: () => void;
}) {
  const { view } = useRoom();
  const [find, setFind] = useState('');
  const near = (b: Bundle) => Number(b.column !== what.column);
  const shown = others
    .filter((b) => b.title.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase()))
    .sort((a, b) => near(a) - near(b) || Number(!a.groupId) - Number(!b.groupId));
  return (
    <Dialog title={t('rt.togetherTitle')} onClose={onClose} width={440}>
      <p className="rt-quote">{what.title}</p>
      {others.length === 0 && <p className="quiet">{t('rt.nothingElse')}</p>}
      {others.length >= FIND_FROM && (
        <input
          className="input"
          type="search"
          aria-label={t('rt.togetherTitle')}
          value={find}
          onChange={(e) => setFind(e.target.value)}
        />
      )}
      <ul className="rt-choose">
        {shown.map((b) => (
          <li key={b.noteIds[0]}>
            <button type="button" onClick={() => onChoose(b)}>
              <span>{b.title}</span>
              <small>
                {[
                  view.columns.find((c) => c.key === b.column)?.title,
                  b.groupId && t('rt.notesN', { n: b.noteIds.length }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
