/** Geometry of the beam, apart from React so that it can be tested. Units: a box of 200 x 20. */
export const BEAM_WIDTH = 200;
/** Above this many slots cards are no longer drawn one by one: nobody can count them, and nodes cost frames. */
export const BEAM_SLOTS = 16;

export interface BeamShape {
  /** One path per discipline letter (d, o, s, x). */
  fills: Record<'d' | 'o' | 's' | 'x', string>;
  /** Free slots below the limit. */
  free: string;
  /** Slots that a minimum still wants. */
  wanted: string;
  /** Red caps over the cards beyond the limit. */
  caps: string;
  /** Where the beam ends; shorter than the box when cards hang over. */
  end: number;
  /** Feet of the piers; empty without a limit. */
  piers: string;
}

const f = (n: number) => n.toFixed(1);
const box = (x: number, w: number) => `M${f(x)} 2h${f(w)}v9h-${f(w)}z`;

/** `mix` is one letter per card in column order; `max` and `min` only when they are in force. */
export function beamShape(mix: string, max?: number, min?: number): BeamShape {
  const n = mix.length;
  const total = max ? Math.max(max, n) : Math.max(8, n, min ?? 0);
  const over = max !== undefined && n > max;
  const end = max ? (BEAM_WIDTH * max) / total - (over ? 3 : 0) : BEAM_WIDTH;
  const s: BeamShape = {
    fills: { d: '', o: '', s: '', x: '' },
    free: '',
    wanted: '',
    caps: '',
    end,
    piers: '',
  };
  if (total <= BEAM_SLOTS) {
    const w = BEAM_WIDTH / total;
    const slots = max ? total : Math.max(n, min ?? 0);
    for (let i = 0; i < slots; i++) {
      const x = i * w + 1.5;
      const k = mix[i] as keyof BeamShape['fills'] | undefined;
      if (k) s.fills[k] = (s.fills[k] ?? '') + box(x, w - 3);
      else if (min !== undefined && i < min) s.wanted += box(x, w - 3);
      else s.free += box(x, w - 3);
      if (k && max && i >= max) s.caps += `M${f(x)} 1h${f(w - 3)}`;
    }
  } else {
    let x = 0;
    for (const k of ['d', 'o', 's', 'x'] as const) {
      let count = 0;
      for (const c of mix) if (c === k) count++;
      if (!count) continue;
      const w = (count / total) * BEAM_WIDTH;
      s.fills[k] = box(x, Math.max(1, w - 1.5));
      x += w;
    }
    if (max && n < max) s.free = box(x + 0.75, Math.max(1, BEAM_WIDTH - x - 1.5));
    if (over) s.caps = `M${f(end + 3)} 1H${f(x - 1.5)}`;
  }
  if (max)
    s.piers = [0.06, 0.5, 0.94]
      .map((p) => `M${f(end * p - 3)} 20 ${f(end * p)} 15 ${f(end * p + 3)} 20`)
      .join('');
  return s;
}
