import { CircleCheck, CircleX, Lightbulb, ListChecks, OctagonX } from 'lucide-react';
import { Fragment } from 'react';
import type { Discipline } from '../../api/types';
import { listOf } from '../../lib/i18n';
import { AgeBars } from '../../ui/Age';
import { DiscIcon } from '../../ui/DiscIcon';
import './cards.css';
import { Go } from '../../ui/Go';
import { t } from './messages';
import { RowLine } from './RowLine';
import type { Advice, Row } from './types';

/** What I have begun, with its age, and below it what to do next. */
export function MyCards({ rows, advice, now }: { rows: Row[]; advice: Advice[]; now: number }) {
  return (
    <section className="panel td-panel" aria-labelledby="today-mine">
      <header className="td-head">
        <h2 id="today-mine">{t('today.mine')}</h2>
        {rows.length > 0 && <span className="count">{rows.length}</span>}
      </header>
      {rows.length === 0 && <p className="td-none">{t('today.mine.none')}</p>}
      <ul className="td-cards">
        {rows.map((r) => (r.card ? <MyCard key={r.id} row={r} /> : <RowLine key={r.id} row={r} now={now} />))}
      </ul>
      {advice.map((a) => (
        <AdviceBox key={a.boardId} a={a} several={advice.length > 1} />
      ))}
    </section>
  );
}

function MyCard({ row }: { row: Row }) {
  const { card, age } = row;
  if (!card) return null;
  const level = (age?.level ?? 0) as 0 | 1 | 2 | 3;
  const said = age?.sleDays
    ? t('today.age', { n: age.days, percent: age.percent ?? 0, days: t('today.days', { n: age.sleDays }) })
    : t('today.age.only', { n: age?.days ?? 0 });
  const [signal] = [...card.signals].sort(
    (a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'),
  );
  return (
    <li className="td-card" data-level={level >= 2 ? level : undefined}>
      <span className="td-card-top">
        <DiscIcon d={card.discipline as Discipline} />
        {card.involves.slice(0, 3).map((d) => (
          <DiscIcon key={d} d={d as Discipline} size={14} solid={false} />
        ))}
        <code>{card.key}</code>
        <span className="td-where">
          {t('today.in', { column: row.column ?? '' })} · {row.boardName}
        </span>
        <span className="td-age" data-level={level} data-over={age?.over || undefined} title={said}>
          <AgeBars level={level} />
          <span aria-hidden="true">{t('today.days', { n: age?.days ?? 0 })}</span>
          <span className="sr">{said}</span>
        </span>
      </span>
      <Go to={row.link ?? `/c/${card.key}`} className="td-card-title">
        {card.title}
      </Go>
      {card.blockers[0] && (
        <span className="td-stuck hatch">
          <OctagonX size={14} aria-hidden />
          {t('today.blocked')} · {card.blockers[0].reason}
        </span>
      )}
      {(card.labels.length > 0 || card.todo || signal) && (
        <span className="td-card-foot">
          {card.labels.slice(0, 2).map((l) => (
            <span key={l} className="tag">
              {l}
            </span>
          ))}
          {card.todo && (
            <span className="td-meta">
              <ListChecks size={13} aria-hidden /> {card.todo.done}/{card.todo.total}
            </span>
          )}
          {signal && (
            <span className="td-meta" data-signal={signal.state}>
              {signal.state === 'failed' ? (
                <CircleX size={13} aria-hidden />
              ) : (
                <CircleCheck size={13} aria-hidden />
              )}
              {signal.text}
            </span>
          )}
        </span>
      )}
    </li>
  );
}

/** A sentence with links in the places of its names. */
function Linked({
  text,
  links,
}: {
  text: string;
  links: Record<string, { to: string; word: string } | undefined>;
}) {
  return text.split(/(\{\w+\})/).map((part, i) => {
    const l = links[part.slice(1, -1)];
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence
    if (!part.startsWith('{') || !l) return <Fragment key={i}>{part}</Fragment>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence
      <Go key={i} to={l.to} className="td-key">
        {l.word}
      </Go>
    );
  });
}

/** Generated from the limits: finish while something is over, pull when there is room. */
function AdviceBox({ a, several }: { a: Advice; several: boolean }) {
  const links = {
    card: a.help && { to: a.help.link, word: a.help.key },
    next: a.next && { to: a.next.link, word: a.next.key },
  };
  const said = [
    a.over.length > 0 && t('today.advice.over', { columns: listOf(a.over), n: a.over.length }),
    a.full.length > 0 && t('today.advice.full', { columns: listOf(a.full), n: a.full.length }),
  ].filter((x) => x !== false);
  const head = a.room
    ? undefined
    : said.length === 2
      ? t('today.advice.and', { a: said[0]!, b: said[1]! })
      : said[0];
  return (
    <div className="td-advice">
      <Lightbulb size={17} aria-hidden />
      <p>
        {a.room && a.next ? (
          <>
            <b>
              <Linked text={t('today.advice.pull')} links={links} />
            </b>
            <span>{t('today.advice.pullText', { title: a.next.title, column: a.next.column })}</span>
          </>
        ) : (
          <>
            <b>{head ?? t('today.advice.finish')}</b>
            <span>
              {t('today.advice.finish')}
              {a.help && ': '}
              {a.help ? (
                <Linked
                  text={
                    a.next
                      ? t('today.advice.helpThen', { column: a.help.column }).replace(/^H/, 'h')
                      : `${t('today.advice.help', { column: a.help.column }).replace(/^H/, 'h')}.`
                  }
                  links={links}
                />
              ) : (
                '.'
              )}
            </span>
          </>
        )}
        {several && <small>{t('today.advice.on', { board: a.boardName })}</small>}
      </p>
    </div>
  );
}
