import { Link } from '@tanstack/react-router';
import { Rocket, Snowflake } from 'lucide-react';
import { t } from './messages';
import type { WholeDay } from './types';

/** What a day holds beside its rituals: launches, stages of launches, and that nothing should launch. */
export function WholeDays({ days }: { days: readonly WholeDay[] }) {
  return (
    <ul className="ca-whole">
      {days.map((d) => (
        <li key={`${d.kind}${d.id}`}>
          <Link to={d.link as never} className="ca-wd" data-kind={d.kind} data-state={d.state}>
            <span className="ca-top">
              {d.kind === 'freeze' ? <Snowflake size={14} aria-hidden /> : <Rocket size={14} aria-hidden />}
              {t(`ca.day.${d.kind}`)}
              {d.state && d.state !== 'planned' && d.kind === 'launch' && (
                <span className="ca-state">{t(`ca.launch.${d.state}`)}</span>
              )}
            </span>
            <span className="ca-name">
              {d.stage ? t('ca.stageOf', { stage: d.stage, name: d.title }) : d.title}
            </span>
            <span className="ca-team">{d.teamName ?? t('ca.everybody')}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
