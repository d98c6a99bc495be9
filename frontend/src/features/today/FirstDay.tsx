import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useMe } from '../../lib/session';
import { Go } from './Go';
import { t } from './messages';
import type { Today } from './types';

/** Nothing has ever happened here for this person: what to do, in order, and what of it is done. */
export function FirstDay({ today }: { today: Today }) {
  const admin = useMe().person.role === 'admin';
  const board = today.boards[0];
  const joined = today.teams > 0;
  const steps = [
    {
      key: 'team',
      done: joined,
      text: admin ? t('today.first.team.admin') : t('today.first.team.text'),
      word: (
        <Link to="/teams" className="td-link">
          {t('today.first.team')}
        </Link>
      ),
    },
    {
      key: 'board',
      done: false,
      text: t('today.first.board.text'),
      word: board ? (
        <Go to={`/b/${board.id}`} className="td-link">
          {t('today.first.board')}
        </Go>
      ) : (
        <Link to="/boards" className="td-link">
          {t('today.first.board')}
        </Link>
      ),
    },
    { key: 'pull', done: false, text: t('today.first.pull.text'), word: t('today.first.pull') },
  ];
  return (
    <section className="panel td-panel td-first" aria-labelledby="today-first">
      <h2 id="today-first">{t('today.first.title')}</h2>
      <p className="quiet">{t('today.first.text')}</p>
      <ol>
        {steps.map((s, i) => (
          <li key={s.key} data-done={s.done || undefined}>
            <span className="td-step" aria-hidden="true">
              {s.done ? <Check size={16} /> : i + 1}
            </span>
            <span className="td-main">
              <b>
                {s.word}
                {s.done && <span className="sr"> ({t('today.first.done')})</span>}
              </b>
              <small>{s.text}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
