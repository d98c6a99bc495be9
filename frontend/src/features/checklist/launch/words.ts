import { num } from '../../../lib/i18n';
import { daysUntil } from '../../../lib/time';
import { t } from './messages';
import type { LaunchHead } from './types';

/** "in 7 d", "today", "3 d ago"; "was due 3 d ago" of what should have begun. */
export function whenWords(h: LaunchHead, now: number, zone: string): string {
  const n = daysUntil(h.checklist.launchOn ?? '', now, zone);
  if (n === 0) return t('ln.today');
  if (n > 0) return t('ln.in', { n });
  return t(h.state === 'planned' ? 'ln.over' : 'ln.ago', { n: -n });
}

/** "24 h", "3 d". */
export const hoursWords = (h: number): string =>
  h >= 48 && h % 24 === 0 ? `${num(h / 24)} d` : `${num(h)} h`;

/** How far it has come, in the few words of a row. */
export function stateWords(h: LaunchHead): [string, string | undefined] {
  const s = h.stage;
  if (h.state === 'planned') return [t('ln.state.planned', { n: h.stages }), undefined];
  if (h.state === 'running' && s)
    return [
      t('ln.state.running', { name: s.name, share: s.share }),
      t('ln.state.runningOf', { n: s.number, of: h.stages }),
    ];
  if (h.state === 'stopped' && s)
    return [t('ln.state.stopped', { name: s.name }), t('ln.state.runningOf', { n: s.number, of: h.stages })];
  return [t(`ln.state.${h.state === 'stopped' || h.state === 'running' ? 'done' : h.state}`), undefined];
}
