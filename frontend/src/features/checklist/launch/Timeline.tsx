import { Link } from '@tanstack/react-router';
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { dateText, dayOfDate, shortDay } from '../../../lib/time';
import { type Line, lay, type Mark, middle, type Window } from './line';
import { t } from './messages';
import type { Freeze, LaunchHead, StageDay } from './types';
import { lineWords, stageWords } from './words';
import './timeline.css';

const percent = (part: number): CSSProperties => ({ left: `${Math.min(100, Math.max(0, part))}%` });

/** What lies under every row: the days on which nothing should launch, and today. */
function Ground({ w, freezes, teamId }: { w: Window; freezes: readonly Freeze[]; teamId?: string }) {
  return (
    <>
      {freezes
        .filter((f) => !f.teamId || f.teamId === teamId)
        .map((f) => {
          const left = Math.max(0, dayOfDate(f.from) - w.from);
          const right = Math.min(w.n, dayOfDate(f.to) - w.from + 1);
          return (
            right > left && (
              <i
                key={f.id}
                className="ln-ice"
                style={{ ...percent((left / w.n) * 100), width: `${((right - left) / w.n) * 100}%` }}
                title={f.title}
              />
            )
          );
        })}
      <i className="ln-now" style={percent(middle(w, w.today, 100))} />
    </>
  );
}

/** The weeks over all rows, with the freezes of everybody. */
export function Axis({ w, freezes }: { w: Window; freezes: readonly Freeze[] }) {
  const step = w.n > 45 ? 14 : 7;
  // Mondays: day 4 since 1970 was one.
  const first = w.from + ((((4 - w.from) % 7) + 7) % 7);
  const ticks: number[] = [];
  const room = Math.ceil(w.n / 9); // a day's name needs a ninth of the line
  for (let d = first; d <= w.from + w.n - room; d += step) ticks.push(d);
  return (
    <div className="ln-axis" aria-hidden="true">
      {ticks.map((d) => (
        <span key={d} style={percent(((d - w.from) / w.n) * 100)}>
          {shortDay(dateText(d))}
        </span>
      ))}
      <Ground w={w} freezes={freezes} />
    </div>
  );
}

/** The width of an element, 0 until it is known. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [px, setPx] = useState(0);
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el) return;
    setPx(el.clientWidth);
    const seen = new ResizeObserver(() => setPx(el.clientWidth));
    seen.observe(el);
    return () => seen.disconnect();
  }, []);
  return [ref, px] as const;
}

/** One launch on the line of days: its stages where they began, are planned or reckoned, and how long each is held. */
export function Track({
  h,
  w,
  freezes,
  all,
}: {
  h: LaunchHead;
  w: Window;
  freezes: readonly Freeze[];
  /** Says all stages, for whoever is on the launch by keys. */
  all?: boolean;
}) {
  const [ref, px] = useWidth();
  const [over, setOver] = useState<string>();
  const c = h.checklist;
  const line = lay(h, w, px);
  const at = line.marks.find((m) => m.key === over);
  const said = at?.stages ?? (all ? h.line : []);
  const tipAt = ((at ?? line.marks[0])?.x ?? 0) / 2 + ((at ?? line.marks.at(-1))?.to ?? px) / 2;
  return (
    <div className="ln-cell">
      <span className="sr">{lineWords(h)}</span>
      <div ref={ref} className="ln-track" aria-hidden="true">
        <Ground w={w} freezes={freezes} teamId={c.team.id} />
        <i className="ln-line" />
        {px > 0 && <Drawn h={h} line={line} w={w} onOver={setOver} />}
      </div>
      {said.some((s) => s.id) && <Tip stages={said} x={tipAt} px={px} />}
    </div>
  );
}

function Drawn({
  h,
  line,
  w,
  onOver,
}: {
  h: LaunchHead;
  line: Line;
  w: Window;
  onOver: (key: string | undefined) => void;
}) {
  return (
    <>
      {line.planned !== undefined && (
        <i className="ln-due" style={{ left: line.planned }} title={t('ln.tip.day')} />
      )}
      {line.bars.map((b) => (
        <i
          key={b.key}
          className="ln-bar"
          data-look={b.look}
          data-state={h.state}
          style={{ left: b.x, width: b.width }}
        />
      ))}
      {line.marks.map((m, i) => (
        <Link
          key={m.key}
          to="/launches/$checklist"
          params={{ checklist: h.checklist.id } as never}
          tabIndex={-1}
          className="ln-mark"
          data-look={m.look}
          data-tone={tone(h, m, i === 0, w.today)}
          style={{ left: m.x, width: m.to - m.x }}
          onPointerEnter={(e) => e.pointerType === 'mouse' && onOver(m.key)}
          onPointerLeave={() => onOver(undefined)}
        />
      ))}
      {line.labels.map((l) => (
        <span key={l.key} className="ln-share" style={{ left: l.x }}>
          {l.text}
        </span>
      ))}
      {line.beyond > 0 && <span className="ln-share ln-beyond">+{line.beyond}</span>}
    </>
  );
}

/** Red is trouble that is true now: it blocks and is near, or it was stopped. Amber is a stage on a frozen day. */
function tone(h: LaunchHead, m: Mark, first: boolean, today: number): string | undefined {
  if (h.state === 'stopped' || h.state === 'rolled_back') return m.look === 'stopped' ? 'bad' : undefined;
  if (h.state === 'done') return undefined;
  const ahead = dayOfDate(m.stages[0]?.on ?? '') - today;
  if (h.state === 'planned' && first && h.checklist.blocking > 0 && ahead <= 14) return 'bad';
  const frozen = (s: StageDay) =>
    h.freezes.some((f) => s.state === 'planned' && f.from <= s.on && s.on <= f.to);
  return m.stages.some(frozen) ? 'warn' : undefined;
}

/** What a mark means, beside it: the stage, its share and its day. */
function Tip({ stages, x, px }: { stages: readonly StageDay[]; x: number; px: number }) {
  const at = Math.min(1, Math.max(0, px > 0 ? x / px : 0.5));
  return (
    <ul className="ln-tip" aria-hidden="true" style={{ left: `${at * 100}%`, translate: `${-at * 100}% 0` }}>
      {stages.map((s) => (
        <li key={s.id}>
          <b>{t('ln.tip.stage', { name: s.name, share: s.share })}</b>
          <span>{stageWords(s)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the line's marks mean, in one quiet row. */
export function Legend({ due }: { due: boolean }) {
  return (
    <p className="ln-legend" aria-hidden="true">
      {(['passed', 'running', 'planned', 'reckoned'] as const).map((look) => (
        <span key={look}>
          <i className="ln-mark" data-look={look} /> {t(`ln.key.${look}`)}
        </span>
      ))}
      <span data-wide>
        <i className="ln-bar" data-look="held" /> {t('ln.key.held')}
      </span>
      <span>
        <i className="ln-ice" /> {t('ln.key.freeze')}
      </span>
      {due && (
        <span data-wide>
          <i className="ln-due" /> {t('ln.key.due')}
        </span>
      )}
      <span data-wide>
        <i className="ln-now" /> {t('ln.key.today')}
      </span>
    </p>
  );
}
