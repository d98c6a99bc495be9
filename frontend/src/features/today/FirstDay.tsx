import { Check } from 'lucide-react';
import { useMe } from '../../lib/session';
import { Go } from '../../ui/Go';
import { t } from './messages';
import type { Today } from './types';

/** Nothing has ever happened here for this person: what to do, in order, and what of it is done. */
export function FirstDay({ today }: { today: Today }) {
  const me = useMe();
  const admin = me.person.role === 'admin';
  const board = today.boards[0];
  const joined = today.teams > 0;
  // whoever may make the board has not got one to open yet
  const led = me.teams.find((team) => team.right === 'lead' && (!board || team.id === board.teamId));
  const steps = [
    {
      key: 'team',
      done: joined,
      text: t(admin ? 'today.first.team.admin' : 'today.first.team.text'),
      word: (
        <Go to={admin && !joined ? '/teams?new=team' : '/teams'} className="td-link">
          {t(admin ? 'today.first.team.make' : 'today.first.team')}
        </Go>
      ),
    },
    {
      key: 'board',
      done: Boolean(led && board),
      text: t(led ? 'today.first.board.make.text' : 'today.first.board.text'),
      word: (
        <Go to={board ? `/b/${board.id}` : led ? `/boards?new=${led.id}` : '/boards'} className="td-link">
          {t(led ? 'today.first.board.make' : 'today.first.board')}
        </Go>
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
