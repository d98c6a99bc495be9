import type { OpenBlocker } from '../../../api/types';
import { dateWords, daysUntil } from '../../../lib/time';
import { useBoard, usePeople, useUi } from '../context';
import { t } from '../messages';

/** Who has a blocker, and by when; nothing where nobody was asked. */
export function Taken({ blocker: b }: { blocker: OpenBlocker }) {
  return b.raisedTo ? <By id={b.raisedTo} on={b.promisedOn} /> : null;
}

function By({ id, on }: { id: string; on?: string }) {
  const name = usePeople().get(id)?.name.split(' ')[0] ?? '';
  const zone = useBoard().timeZone;
  const now = useUi((u) => u.now);
  if (!on) return <small>{t('board.raisedTo', { name })}</small>;
  const late = daysUntil(on, now, zone) < 0;
  return <small>{t(late ? 'board.hadIt' : 'board.hasIt', { name, day: dateWords(on, now) })}</small>;
}
