import { tu } from './messages';
import './ui.css';

/** Seven hues with white initials on them (6.8 to 9.1 : 1). */
export const HUES = ['#8a3b12', '#1f5f8b', '#4a5a12', '#7a2a5e', '#3d4aa0', '#0f6657', '#6b4a2f'] as const;
export const hueColour = (hue: number): string => HUES[((hue % HUES.length) + HUES.length) % HUES.length]!;

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return '?';
  const first = [...words[0]!][0] ?? '';
  const last = words.length > 1 ? ([...words[words.length - 1]!][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

interface Props {
  person?: { name: string; hue: number };
  /** Pixels; 22 on cards, 28 in bars. */
  size?: number;
  /** More owners than the one face. */
  more?: number;
  decorative?: boolean;
}

export function Avatar({ person, size = 22, more = 0, decorative = false }: Props) {
  const box = size === 22 ? undefined : { width: size, height: size, fontSize: Math.max(11, size * 0.41) };
  if (!person) {
    return (
      <span
        className="av none"
        style={box}
        title={decorative ? undefined : tu('ui.unassigned')}
        {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': tu('ui.unassigned') })}
      >
        +
      </span>
    );
  }
  const name = more > 0 ? tu('ui.andMore', { name: person.name, n: more }) : person.name;
  return (
    <span
      className="av"
      data-more={more > 0 || undefined}
      style={{ ...box, background: hueColour(person.hue) }}
      title={decorative ? undefined : name}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      {initials(person.name)}
    </span>
  );
}
