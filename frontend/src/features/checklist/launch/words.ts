import { num } from '../../../lib/i18n';
import { dateWords, daysUntil } from '../../../lib/time';
import { t } from './messages';
import type { FreezeRef, LaunchHead, StageDay } from './types';

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

/** When a stage began, is planned or reckoned, and how long it is held. */
export function stageWords(s: StageDay): string {
  const on = dateWords(s.on);
  const until = dateWords(s.until);
  if (s.state === 'passed') return t('ln.tip.passed', { on, until });
  if (s.state === 'running') return t('ln.tip.running', { on, until });
  if (s.state === 'stopped') return t('ln.tip.stopped', { on });
  const said = t(s.reckoned ? 'ln.tip.reckoned' : 'ln.tip.planned', { on });
  return s.holdHours > 0 ? t('ln.tip.held', { said, time: hoursWords(s.holdHours) }) : said;
}

/** The line of a launch for whoever does not see it. */
export function lineWords(h: LaunchHead): string {
  if (h.line.length === 0) return t('ln.line.none', { on: dateWords(h.checklist.launchOn ?? '') });
  return h.line
    .map((s) => `${t('ln.tip.stage', { name: s.name, share: s.share })}: ${stageWords(s)}`)
    .join('; ');
}

/** "runs in Sale weekend", "Everybody in Sale weekend", "in Sale weekend". */
export function freezeWords(f: FreezeRef, stages: number): string {
  if (f.now) return t('ln.runsInFreeze', { title: f.title });
  const [name, more] = f.stages;
  return name && !more && stages > 1
    ? t('ln.stageInFreeze', { name, title: f.title })
    : t('ln.inFreeze', { title: f.title });
}

/** "35 min", "12 h", "3 d", of minutes. */
export function earlyTime(minutes: number): string {
  if (minutes < 60) return t('ln.minutes', { n: minutes });
  if (minutes < 48 * 60) return `${num(Math.round(minutes / 60))} h`;
  return `${num(Math.round(minutes / 1440))} d`;
}
