import { clock, longDay } from '../../lib/time';
import { KindIcon } from './KindIcon';
import { Marks } from './Marks';
import { t } from './messages';
import type { Occurrence, WholeDay } from './types';
import { FreezeBand, FreezeChips, WholeDays } from './WholeDays';
import { bands, byDay, byWholeDay, dayKey, plusDays } from './week';

const head = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });

/** A week's rituals and launches by day: columns side by side, or one below the other where there is no room. */
export function Week({
  monday,
  items,
  whole,
  now,
  team,
  onOpen,
}: {
  monday: Date;
  items: readonly Occurrence[];
  whole: readonly WholeDay[];
  now: number;
  team: (id: string) => string;
  onOpen: (o: Occurrence) => void;
}) {
  const days = byDay(items);
  const isFreeze = (x: WholeDay) => x.kind === 'freeze';
  const freezes = whole.filter(isFreeze);
  const frozen = byWholeDay(freezes, monday, 7);
  const launches = byWholeDay(
    whole.filter((x) => !isFreeze(x)),
    monday,
    7,
  );
  const today = dayKey(new Date(now));
  const shown = [0, 1, 2, 3, 4, 5, 6]
    .map((n) => plusDays(monday, n))
    .filter((d, n) => n < 5 || days.has(dayKey(d)) || launches.has(dayKey(d)));
  const rows = bands(freezes, shown.map(dayKey));
  return (
    <div className="ca-week" data-days={shown.length}>
      {rows.map((row, i) =>
        row.map((b) => <FreezeBand key={`${b.item.id}${b.item.from}`} band={b} row={i + 1} />),
      )}
      {shown.map((d) => {
        const key = dayKey(d);
        const list = days.get(key) ?? [];
        const all = launches.get(key) ?? [];
        return (
          <section
            key={key}
            className="ca-day"
            data-today={key === today || undefined}
            data-free={list.length + all.length === 0 || undefined}
            data-frozen={frozen.has(key) || undefined}
            style={{ gridRow: rows.length + 1 }}
          >
            <h2 aria-label={longDay(d)}>{head.format(d)}</h2>
            {frozen.has(key) && <FreezeChips freezes={frozen.get(key) ?? []} />}
            {all.length > 0 && <WholeDays days={all} />}
            {list.length + all.length === 0 ? (
              <p className="ca-free">{t('ca.free')}</p>
            ) : (
              <ul>
                {list.map((o) => (
                  <li key={o.id}>
                    <button
                      type="button"
                      className="ca-one"
                      data-kind={o.kind}
                      data-state={o.state}
                      aria-haspopup="dialog"
                      onClick={() => onOpen(o)}
                    >
                      <span className="ca-top">
                        <time dateTime={o.startsAt}>{clock(o.startsAt)}</time>
                        <KindIcon kind={o.kind} />
                        {o.state === 'running' && (
                          <span className="pill" data-t="ok">
                            {t('ca.now')}
                          </span>
                        )}
                        {o.state === 'missed' && <span className="ca-state">{t('ca.missed')}</span>}
                      </span>
                      <span className="ca-name">{o.title}</span>
                      <span className="ca-team">
                        {t(`ca.kind.${o.kind}`)} · {team(o.teamId)}
                      </span>
                      <Marks o={o} />
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
