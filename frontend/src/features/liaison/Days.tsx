import { Link } from '@tanstack/react-router';
import { CalendarX2, Eye, Rocket } from 'lucide-react';
import { dateWords } from '../../lib/time';
import { t } from './messages';
import type { Coverage } from './types';

const AHEAD = 90;

interface Entry {
  day: string;
  key: string;
  words: string;
  Icon: typeof Eye;
  past?: boolean;
}

function entries(data: Coverage): Entry[] {
  const last = new Date(Date.parse(data.today) + AHEAD * 86_400_000).toISOString().slice(0, 10);
  const out: Entry[] = [];
  for (const team of data.teams) {
    if (team.launchOn && team.launchOn >= data.today && team.launchOn <= last)
      out.push({
        day: team.launchOn,
        key: `launch ${team.id}`,
        words: t('cv.days.launch', { team: team.name }),
        Icon: Rocket,
      });
    for (const s of team.seats)
      if (s.reviewOn && s.reviewOn <= last)
        out.push({
          day: s.reviewOn,
          key: `review ${team.id} ${s.person.id}`,
          words: t('cv.days.review', { team: team.name, name: s.person.name }),
          Icon: Eye,
          past: s.reviewOn < data.today,
        });
  }
  for (const p of data.people)
    if (p.away)
      out.push({
        day: p.away.from,
        key: `away ${p.person.id}`,
        words: t('cv.days.away', { name: p.person.name, to: dateWords(p.away.to) }),
        Icon: CalendarX2,
      });
  return out.sort((a, b) => a.day.localeCompare(b.day) || a.words.localeCompare(b.words));
}

/** The same by day: what is to look at again, what launches, who is away. */
export function Days({ data }: { data: Coverage }) {
  const list = entries(data);
  return (
    <section className="panel" aria-labelledby="cv-days">
      <header className="cv-head">
        <h2 className="h2" id="cv-days">
          {t('cv.days.title')}
        </h2>
        <Link to="/calendar" search={{ team: 'all' } as never} className="link small">
          {t('cv.days.rituals')}
        </Link>
      </header>
      {list.length === 0 && <p className="row-a quiet">{t('cv.days.none')}</p>}
      <ul className="rows">
        {list.map((e) => (
          <li key={e.key} className="row-a">
            <span className="num cv-day">{dateWords(e.day)}</span>
            <e.Icon size={15} aria-hidden />
            <span className="row-main">{e.words}</span>
            {e.past && (
              <span className="pill" data-t="warn">
                {t('cv.days.past')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
