import { Check, ChevronLeft, Pause, Play, Plus, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { announce } from '../../lib/announce';
import { useStored } from '../../lib/stored';
import { useNow } from '../../lib/use-now';
import { Anonymity } from './Anonymity';
import { t } from './messages';
import { useRoom } from './room';
import { chime } from './sound';
import type { Clock as ClockAct, Phase } from './types';
import { mayLook, minutes, stripOf } from './words';

/** Where the retro stands, what was before, and how much time there is. */
export function Strip({ shown, onLook }: { shown: Phase; onLook: (phase: Phase) => void }) {
  const { view, retro } = useRoom();
  const { retro: head, me } = view;
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves when the phase does
  useEffect(() => {
    const now = list.current?.querySelector<HTMLElement>('[data-s="now"]');
    if (list.current && now) list.current.scrollLeft = now.offsetLeft - list.current.clientWidth / 3;
  }, [head.phase]);
  return (
    <div className="rt-bar">
      <nav aria-label={t('rt.phases')}>
        <ol ref={list}>
          {stripOf(head).map((p) => {
            const word = t(`rt.phase.${p.key}`);
            const inside = (
              <>
                {p.state === 'done' && <Check size={13} aria-label={t('rt.past')} />}
                {word}
              </>
            );
            return (
              <li key={p.key} data-s={p.state} data-shown={p.key === shown || undefined}>
                {mayLook(head, p.key) ? (
                  <button
                    type="button"
                    aria-current={p.state === 'now' ? 'step' : undefined}
                    aria-pressed={p.key === shown}
                    onClick={() => onLook(p.key)}
                  >
                    {inside}
                  </button>
                ) : (
                  <span>{inside}</span>
                )}
              </li>
            );
          })}
        </ol>
      </nav>
      <div className="rt-clock">
        <Anonymity head={head} />
        <Clock />
        {me.canFacilitate && head.back && (
          <button
            type="button"
            className="btn line sm icon"
            aria-label={t('rt.back', { phase: t(`rt.phase.${head.back}`) })}
            title={t('rt.back', { phase: t(`rt.phase.${head.back}`) })}
            onClick={() => head.back && retro.act({ do: 'turn', from: head.phase, to: head.back })}
          >
            <ChevronLeft size={15} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}

/** Counts down by the server's clock. Its end is a word and a soft sound; the page stays where it is. */
function Clock() {
  const { view, retro } = useRoom();
  const { timer, phase } = view.retro;
  const now = useNow(500);
  const [sound, setSound] = useStored<'on' | 'off'>('retro.sound', 'on');
  const left = timer.endsAt
    ? Date.parse(timer.endsAt) - now
    : timer.pausedLeft !== undefined
      ? timer.pausedLeft * 1000
      : undefined;
  const up = timer.endsAt !== undefined && left !== undefined && left <= 0;
  const before = useRef<{ ends?: string; up: boolean }>({ up: true });
  useEffect(() => {
    const was = before.current;
    before.current = { ends: timer.endsAt, up };
    if (!up || was.up || was.ends !== timer.endsAt) return;
    announce(t('rt.timeUpSaid'));
    if (sound === 'on') chime();
  }, [up, timer.endsAt, sound]);
  if (phase === 'published' || phase === 'open') return null;
  const set = (clock: ClockAct) => retro.act({ do: 'timer', clock });
  const part =
    left === undefined || !timer.seconds ? 0 : Math.min(100, (left / (timer.seconds * 1000)) * 100);
  const leads = view.me.canFacilitate;
  return (
    <>
      {left !== undefined && (
        <>
          <div className="rt-time" data-up={up || undefined} data-paused={!timer.endsAt || undefined}>
            <b
              role="timer"
              aria-label={
                up ? t('rt.timeUpSaid') : t(timer.endsAt ? 'rt.left' : 'rt.paused', { time: minutes(left) })
              }
            >
              {up ? t('rt.timeUp') : minutes(left)}
            </b>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="4" rx="2" fill="var(--line)" />
              <rect width={Math.max(0, part)} height="4" rx="2" fill="var(--accent)" />
            </svg>
          </div>
          <button
            type="button"
            className="btn ghost sm icon"
            aria-pressed={sound === 'on'}
            aria-label={t('rt.sound')}
            title={t('rt.sound')}
            onClick={() => setSound(sound === 'on' ? 'off' : 'on')}
          >
            {sound === 'on' ? <Volume2 size={15} aria-hidden /> : <VolumeX size={15} aria-hidden />}
          </button>
        </>
      )}
      {leads && left !== undefined && !up && (
        <button
          type="button"
          className="btn line sm icon"
          aria-label={t(timer.endsAt ? 'rt.pause' : 'rt.resume')}
          title={t(timer.endsAt ? 'rt.pause' : 'rt.resume')}
          onClick={() => set(timer.endsAt ? { pause: true } : { resume: true })}
        >
          {timer.endsAt ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
        </button>
      )}
      {leads && (
        <button
          type="button"
          className="btn line sm"
          title={t('rt.plusWhy')}
          onClick={() => set({ addSeconds: 60 })}
        >
          <Plus size={14} aria-hidden />
          {t('rt.plus')}
        </button>
      )}
    </>
  );
}
