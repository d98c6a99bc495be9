import { Link } from '@tanstack/react-router';
import { Rocket, Snowflake } from 'lucide-react';
import { shortDay } from '../../lib/time';
import { t } from './messages';
import type { WholeDay } from './types';
import type { Band } from './week';

/** What a day holds beside its rituals: launches, and stages of launches. */
export function WholeDays({ days }: { days: readonly WholeDay[] }) {
  return (
    <ul className="ca-whole">
      {days.map((d) => (
        <li key={`${d.kind}${d.id}`}>
          <Link
            to={d.link as never}
            className="ca-wd"
            data-kind={d.kind}
            data-state={d.state}
            data-reckoned={d.reckoned || undefined}
          >
            <span className="ca-top">
              <Rocket size={14} aria-hidden />
              {t(d.reckoned ? 'ca.day.reckoned' : d.kind === 'stage' ? 'ca.day.stage' : 'ca.day.launch')}
              {d.state && d.state !== 'planned' && d.kind === 'launch' && (
                <span className="ca-state">{t(`ca.launch.${d.state}`)}</span>
              )}
            </span>
            <span className="ca-name">
              {d.kind === 'stage' ? t('ca.stageOf', { name: d.title, share: d.share ?? 0 }) : d.title}
            </span>
            <span className="ca-team">{[d.stage, d.teamName].filter(Boolean).join(' · ')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const daysWords = (d: WholeDay): string =>
  d.from === d.to ? shortDay(d.from) : `${shortDay(d.from)} – ${shortDay(d.to)}`;

/** A freeze over its days of the week, one below the other where several meet. */
export function FreezeBand({ band: b, row }: { band: Band<WholeDay>; row: number }) {
  const d = b.item;
  return (
    <Link
      to={d.link as never}
      className="ca-band"
      title={d.title}
      data-before={b.before || undefined}
      data-after={b.after || undefined}
      style={{ gridColumn: `${b.start + 1} / ${b.end + 2}`, gridRow: row }}
    >
      <Snowflake size={14} aria-hidden />
      <span className="sr">{t('ca.day.freeze')}</span>
      <b>{d.title}</b>
      <span>{[d.teamName ?? t('ca.everybody'), daysWords(d)].join(' · ')}</span>
    </Link>
  );
}

/** The same on one day, where the days stand one below the other. */
export function FreezeChips({ freezes }: { freezes: readonly WholeDay[] }) {
  return (
    <div className="ca-chips">
      {freezes.map((d) => (
        <Link key={d.id} to={d.link as never} className="ca-chip">
          <Snowflake size={13} aria-hidden />
          <span className="sr">{t('ca.day.freeze')}</span>
          <b>{d.title}</b>
          <span>{d.teamName ?? t('ca.everybody')}</span>
        </Link>
      ))}
    </div>
  );
}
