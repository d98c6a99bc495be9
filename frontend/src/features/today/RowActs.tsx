import { readOf, useAnswers } from '../../lib/answers';
import { toast } from '../../lib/notify';
import { browserZone, dateWords, dayOf, dayOfDate, moment } from '../../lib/time';
import { Go } from '../../ui/Go';
import { t } from './messages';
import type { Action, Row } from './types';

/** "today", "tomorrow", "Mon 23 Nov". */
function dayWords(day: string): string {
  const away = dayOfDate(day) - dayOf(Date.now(), browserZone());
  return away === 0 ? t('today.later') : away === 1 ? t('today.tomorrow') : dateWords(day);
}

/** What can be done about a row in place, each with its way back; else the way to it. */
export function RowActs({ row }: { row: Row }) {
  const { busy, send, answer } = useAnswers('/today');
  const act = (a: Action) => answer(row, { ...a, done: a.done ?? a.word });
  const promise = (on: string) =>
    act({
      word: '',
      post: `/blockers/${row.id}/promise`,
      body: { on },
      undo: `/blockers/${row.id}/promise`,
      undoBody: { on: '' },
      done: t('today.have.done', { key: row.key ?? '', day: dayWords(on) }),
    });
  const sit = async (at: string) => {
    if (!(await send(`/asks/${row.id}/sit`, { at }))) return;
    readOf(row);
    toast({
      text: t('today.sit.done', { who: row.who ?? '', when: moment(at) }),
      stay: 30_000,
      action: {
        label: t('today.sit.ics'),
        run: () => window.location.assign(`/api/v1/asks/${row.id}/meeting.ics`),
      },
    });
  };
  return (
    <span className="td-acts">
      {row.actions?.map((a) => (
        <button
          key={a.post}
          type="button"
          className="btn line sm"
          disabled={busy}
          onClick={() => void act(a)}
        >
          {a.word}
          <span className="sr"> {row.title}</span>
        </button>
      ))}
      {row.times && <span className="td-sit">{t('today.sit.or')}</span>}
      {row.times?.map((at) => (
        <button key={at} type="button" className="btn soft sm" disabled={busy} onClick={() => void sit(at)}>
          <span className="sr">{t('today.sit', { when: '' })}</span>
          {moment(at)}
        </button>
      ))}
      {row.days && <span className="td-sit">{t('today.have')}</span>}
      {row.days?.map((day) => (
        <button
          key={day}
          type="button"
          className="btn soft sm"
          disabled={busy}
          title={dateWords(day)}
          onClick={() => void promise(day)}
        >
          <span className="sr">{t('today.have')} </span>
          {dayWords(day)}
        </button>
      ))}
      {!row.actions && !row.days && row.link && row.kind !== 'source.failed' && (
        <Go to={row.link} className="btn line sm td-act" onGo={() => readOf(row)}>
          {t('today.open')}
          <span className="sr"> {row.title}</span>
        </Go>
      )}
    </span>
  );
}
