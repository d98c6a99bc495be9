import { ChevronLeft, ChevronRight, Users } from 'lucide-react';
import * as acts from '../acts';
import { t } from '../messages';
import type { StandupView } from '../types';
import type { Standup } from '../use-standup';
import { here, stepBeside } from '../walk';

/** What the one at this laptop can press; it is there while the pointer moves. */
export function Chrome({
  view,
  drives,
  act,
  onLeave,
  onSettle,
  onWho,
}: {
  view: StandupView;
  drives: boolean;
  act: Standup['act'];
  onLeave: () => void;
  onSettle?: () => void;
  onWho: () => void;
}) {
  const { meeting } = view;
  const sixteenth = meeting?.state === 'sixteenth';
  const last = meeting && !stepBeside(meeting, 1);
  return (
    <footer className="tv-chrome">
      {drives && meeting && (
        <button
          type="button"
          aria-label={t('rm.back')}
          disabled={!sixteenth && !stepBeside(meeting, -1)}
          onClick={() => act(acts.back)}
        >
          <ChevronLeft size="1em" aria-hidden />
        </button>
      )}
      {drives && meeting && !sixteenth && (
        <button type="button" className="go" onClick={() => act((v) => acts.forward(v))}>
          {t(last ? 'rm.finish' : 'rm.next')}
          <ChevronRight size="1em" aria-hidden />
        </button>
      )}
      {sixteenth && onSettle && (
        <button type="button" className="go" onClick={onSettle}>
          {t('su.chrome.settle')}
        </button>
      )}
      {drives && sixteenth && (
        <button type="button" onClick={() => act(acts.end)}>
          {t('rm.end')}
        </button>
      )}
      {drives && meeting && (
        <button type="button" onClick={onWho}>
          <Users size="1em" aria-hidden />
          {t('su.chrome.who', { n: here(meeting) })}
        </button>
      )}
      <button type="button" onClick={onLeave}>
        {t('su.chrome.leave')}
      </button>
      {drives && meeting && <span>{t('su.chrome.keys')}</span>}
    </footer>
  );
}
