import { type ECharts, init, use as learn } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { announce } from '../../../lib/announce';
import { dateText } from '../../../lib/time';
import { t } from '../messages';
import { FONT } from './axes';
import './kit';
import type { Behind, Drawing, Mark, Size } from './model';

// The library draws; where one is on a chart, and what is said there, is one thing for mouse, touch and keyboard.

learn([SVGRenderer]);

/** So near to a mark the pointer means it. */
const NEAR = 22;
const LEAP = 10;
/** A press that moves less is a click. */
const DRAWN = 10;
const variable = (token: string) => `var(--${token})`;
const still = { animation: false, textStyle: { fontFamily: FONT } };

interface Props {
  drawing: Drawing;
  label: string;
  onOpen: (behind: Behind) => void;
  /** Days that were drawn over. */
  onDays: (from: string, to: string) => void;
}

export default function EChart({ drawing, label, onOpen, onDays }: Props) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [chart, setChart] = useState<ECharts>();
  const [size, setSize] = useState<Size>();
  const [at, setAt] = useState<number>();
  const touched = useRef<number>(undefined);
  const held = useRef<Mark>(undefined);
  /** Where a mouse was pressed, and where it is: days to look at more closely. */
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const dragged = useRef(false);
  const drawn = drag && Math.abs(drag.to - drag.from) >= DRAWN ? drag : undefined;
  const across = (e: PointerEvent<HTMLDivElement>) =>
    e.clientX - e.currentTarget.getBoundingClientRect().left;
  const choose = () => {
    if (!drag) return;
    setDrag(undefined);
    dragged.current = drawn !== undefined;
    if (!drawn || !chart) return;
    const day = (x: number) =>
      Math.round((chart.convertFromPixel({ gridIndex: 0 }, [x, 0]) as [number, number])[0]);
    const [first, last] = drawing.days!;
    const within = (d: number) => Math.max(first, Math.min(last, d));
    const [from, to] = [drawn.from, drawn.to].sort((a, b) => a - b).map((x) => dateText(within(day(x))));
    onDays(from!, to!);
  };
  const made = useMemo(() => size && drawing.make(size), [drawing, size]);

  useEffect(() => {
    if (!box) return;
    const drawn = init(box, null, { renderer: 'svg' });
    setChart(drawn);
    const watch = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) setSize({ width: Math.round(width), height: Math.round(height) });
    });
    watch.observe(box);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, [box]);

  const [where, setWhere] = useState<readonly { x: number; y: number }[]>([]);
  useLayoutEffect(() => {
    if (!chart || chart.isDisposed() || !made || !size) return;
    chart.resize(size);
    chart.setOption({ ...still, ...made.option(variable) }, true);
    // who walks by keys stays where they are, if it is still there
    const kept = held.current;
    const again = made.marks.findIndex((m) => m.title === kept?.title && m.x === kept.x);
    const same = again >= 0 ? again : made.marks.findIndex((m) => m.title === kept?.title);
    setAt(same >= 0 ? same : undefined);
    setWhere(
      made.marks.map((m) => {
        const [x, y] = chart.convertToPixel({ gridIndex: 0 }, [m.x, m.y]) as [number, number];
        return { x: x + (m.dx ?? 0), y };
      }),
    );
  }, [chart, made, size]);
  const marks = made?.marks ?? [];
  const spot = at === undefined ? undefined : where[at];
  const mark = at === undefined ? undefined : marks[at];
  useEffect(() => {
    held.current = mark;
  }, [mark]);

  const nearest = useCallback(
    (e: PointerEvent<HTMLDivElement>): number | undefined => {
      const area = e.currentTarget.getBoundingClientRect();
      const [x, y] = [e.clientX - area.left, e.clientY - area.top];
      let best: number | undefined;
      let least = drawing.across ? Number.POSITIVE_INFINITY : NEAR * NEAR;
      where.forEach((p, i) => {
        const away = drawing.across ? Math.abs(p.x - x) : (p.x - x) ** 2 + (p.y - y) ** 2;
        if (away < least) [least, best] = [away, i];
      });
      return best;
    },
    [where, drawing.across],
  );

  const go = (to: number) => {
    const next = Math.max(0, Math.min(marks.length - 1, to));
    const m = marks[next];
    setAt(next);
    if (m) announce([m.title, ...(m.lines ?? [])].join('. '));
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.altKey || e.ctrlKey || e.metaKey || !marks.length) return;
    const from = at ?? -1;
    const moves: Record<string, number> = {
      ArrowRight: from + 1,
      ArrowDown: from + 1,
      ArrowLeft: at === undefined ? marks.length - 1 : from - 1,
      ArrowUp: at === undefined ? marks.length - 1 : from - 1,
      PageDown: from + LEAP,
      PageUp: from - LEAP,
      Home: 0,
      End: marks.length - 1,
    };
    const to = moves[e.key];
    if (to !== undefined) go(to);
    else if (e.key === 'Escape' && drag) {
      dragged.current = true; // letting go opens nothing either
      setDrag(undefined);
    } else if (e.key === 'Escape' && at !== undefined) setAt(undefined);
    else if (e.key === 'Enter' && mark?.behind) onOpen(mark.behind);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };

  return (
    <div
      className="ch"
      role="application"
      aria-label={`${label}. ${marks.length ? t('fl.chart.keys') : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its points are walked by keys
      tabIndex={0}
      data-on={mark?.behind ? '' : undefined}
      onKeyDown={onKeyDown}
      onBlur={() => setAt(undefined)}
      onPointerMove={(e) => {
        if (e.pointerType !== 'mouse') return;
        if (drag) setDrag({ ...drag, to: across(e) });
        setAt(drawn ? undefined : nearest(e));
      }}
      onPointerLeave={(e) => e.pointerType === 'mouse' && setAt(undefined)}
      onPointerUp={choose}
      onPointerCancel={() => setDrag(undefined)}
      onPointerDown={(e) => {
        dragged.current = false;
        if (drawing.days && e.pointerType === 'mouse' && e.button === 0) {
          e.currentTarget.setPointerCapture(e.pointerId);
          setDrag({ from: across(e), to: across(e) });
        }
        touched.current = e.pointerType === 'mouse' ? undefined : at;
        if (e.pointerType !== 'mouse') setAt(nearest(e));
      }}
      onClick={() => {
        // a finger first sees what it would open
        const seen = touched.current === undefined || touched.current === at;
        const finger = window.matchMedia('(hover: none)').matches && touched.current !== at;
        if (mark?.behind && seen && !finger && !dragged.current) onOpen(mark.behind);
      }}
    >
      <div ref={setBox} className="ch-box" aria-hidden="true" />
      {drawn && (
        <i
          className="ch-drawn"
          style={{ left: Math.min(drawn.from, drawn.to), width: Math.abs(drawn.to - drawn.from) }}
        />
      )}
      {spot && mark && size && <Tip mark={mark} at={spot} size={size} across={drawing.across} />}
    </div>
  );
}

/** What is said at a mark, beside it and inside the chart. */
function Tip({
  mark,
  at,
  size,
  across,
}: {
  mark: Mark;
  at: { x: number; y: number };
  size: Size;
  across?: boolean;
}) {
  const left = at.x > size.width * 0.6;
  return (
    <div className="ch-at" aria-hidden="true">
      {across && <i className="ch-cross" style={{ left: at.x }} />}
      <i className="ch-ring" style={{ left: at.x, top: at.y }} />
      <div
        className="ch-tip"
        data-left={left || undefined}
        style={{
          left: left ? undefined : at.x + 14,
          right: left ? size.width - at.x + 14 : undefined,
          top: Math.max(0, Math.min(at.y - 18, size.height - 40 - 18 * (mark.lines?.length ?? 0))),
        }}
      >
        <b>{mark.title}</b>
        {mark.lines?.map((l) => (
          <span key={l}>{l}</span>
        ))}
      </div>
    </div>
  );
}
