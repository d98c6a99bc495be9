import { type ReactNode, useState } from 'react';
import { readOf } from '../../../lib/answers';
import { dateWords } from '../../../lib/time';
import { Go } from '../../../ui/Go';
import { waitsWords } from '../../../ui/waits';
import { Decide, type Question } from './Decide';
import { t } from './messages';
import type { Waiting, Wall, WallBlocked } from './types';

const FIRST = 5;
const about = (...words: (string | false | undefined)[]) => words.filter(Boolean).join(' · ');

/** What waits for me, and what waits for somebody outside a team. */
export function Side({ wall, now, mayTake }: { wall: Wall; now: number; mayTake: boolean }) {
  const [asked, ask] = useState<Question>();
  return (
    <aside className="wl-side">
      <Panel
        id="wall-waiting"
        title={t('wall.waiting')}
        items={wall.waiting}
        none={t('wall.waiting.none')}
        failed={wall.failed.includes('waiting') ? t('wall.failed.waiting') : undefined}
        row={(w: Waiting) => <Wait key={w.kind + w.id} of={w} onDecide={() => ask(questionOf(w))} />}
      />
      <Panel
        id="wall-blocked"
        title={t('wall.blocked')}
        items={wall.blocked}
        none={t('wall.blocked.none')}
        row={(b: WallBlocked) => (
          <li key={b.blockerId} className="wl-row">
            <span className="wl-row-main">
              <Go to={`/b/${b.boardId}?card=${b.key}`} className="wl-row-title">
                {b.reason}
              </Go>
              <small>
                <span className="wl-about">
                  <code>{b.key}</code>{' '}
                  {about(
                    b.teamName,
                    b.waitsFor && t('wall.waitsFor', { who: b.waitsFor }),
                    b.promisedOn && t('wall.promised', { day: dateWords(b.promisedOn, now) }),
                  )}
                </span>
                {mayTake && !b.promisedOn && (
                  <button type="button" className="wl-take" onClick={() => ask(takeOn(b))}>
                    {t('wall.take')}
                    <span className="sr"> {b.key}</span>
                  </button>
                )}
              </small>
            </span>
            <span className="wl-since">
              <span aria-hidden="true">{t('wall.days', { n: b.days })}</span>
              <span className="sr">{t('wall.days.sr', { n: b.days })}</span>
            </span>
          </li>
        )}
      />
      <section className="wl-read">
        <h2>{t('wall.read')}</h2>
        <p className="wl-wide">{t('wall.read.beam')}</p>
        <p className="wl-wide">{t('wall.read.marks')}</p>
        <p>{t('wall.read.sle')}</p>
      </section>
      {asked && <Decide of={asked} onClose={() => ask(undefined)} />}
    </aside>
  );
}

function Panel<T>({
  id,
  title,
  items,
  none,
  failed,
  row,
}: {
  id: string;
  title: string;
  items: readonly T[];
  none: string;
  /** What of it could not be read. */
  failed?: string;
  row: (item: T) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  return (
    <section className="panel wl-panel" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {items.length > 0 && <span className="count">{items.length}</span>}
      </h2>
      {failed && (
        <p className="wl-none" role="status">
          {failed}
        </p>
      )}
      {items.length === 0 && !failed && <p className="wl-none">{none}</p>}
      <ul data-all={all || undefined}>{items.map(row)}</ul>
      {items.length > FIRST && (
        <button type="button" className="btn ghost sm wl-more" onClick={() => setAll(!all)}>
          {all ? t('wall.less') : t('wall.more', { n: items.length })}
        </button>
      )}
    </section>
  );
}

function Wait({ of, onDecide }: { of: Waiting; onDecide: () => void }) {
  const days = of.age ?? 0;
  const { title, text } = wordsOf(of);
  const answers = !!of.actions?.length || !!of.days?.length;
  return (
    <li className="wl-row">
      <span className="wl-row-main">
        {of.link && !answers ? (
          <Go to={of.link} className="wl-row-title" onGo={() => readOf(of)}>
            {title}
          </Go>
        ) : (
          <b className="wl-row-title">{title}</b>
        )}
        <small>{about(text, days > 0 && t('wall.days', { n: days }))}</small>
      </span>
      {answers ? (
        <button type="button" className="btn line sm" onClick={onDecide}>
          {t('wall.decide')}
          <span className="sr"> {title}</span>
        </button>
      ) : (
        of.link && (
          <Go to={of.link} className="btn line sm" onGo={() => readOf(of)}>
            {t('wall.open')}
            <span className="sr"> {title}</span>
          </Go>
        )
      )}
    </li>
  );
}

/** What it is, and who wants what of it. */
function wordsOf(w: Waiting): { title: string; text: string } {
  const { title, text } = waitsWords(w) ?? { title: w.title, text: w.text ?? '' };
  return { title, text: about(text, !text.includes(w.teamName ?? '') && w.teamName) };
}

function questionOf(w: Waiting): Question {
  const facts: [string, string][] = [];
  if (w.who) facts.push([t('wall.from'), about(w.who, w.teamName)]);
  const what = about(w.key, w.kind === 'blocker.raised' && w.title);
  if (what) facts.push([t('wall.about'), what]);
  return {
    title: wordsOf(w).title,
    notices: w.notices,
    facts,
    since: w.at,
    link: w.link,
    actions: w.actions,
    blocker: w.days?.length ? w.id : undefined,
    days: w.days,
    key: w.key,
  };
}

function takeOn(b: WallBlocked): Question {
  const facts: [string, string][] = [
    [t('wall.about'), `${b.key} ${b.title}`],
    [t('wall.from'), about(b.teamName, b.boardName)],
    [t('wall.category'), about(b.category, b.waitsFor && t('wall.waitsFor', { who: b.waitsFor }))],
  ];
  return {
    title: b.reason,
    facts,
    since: b.since,
    link: `/b/${b.boardId}?card=${b.key}`,
    blocker: b.blockerId,
    key: b.key,
  };
}
