import { type ReactNode, useEffect, useRef, useState } from 'react';
import { absolute, relative } from '../../../lib/time';
import { Avatar } from '../../../ui/Avatar';
import { Field } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from './messages';
import { Panel, ToItem, waited } from './parts';
import type { Answer, Desk, DeskItem } from './types';
import { rowId, type Triage } from './use-triage';

/** As many as leave the launches and what is blocked on the first screen. */
const FIRST = 6;

/** Answers that nobody has understood, the oldest first, each settled where it stands. */
export function Waiting({
  desk,
  triage,
  now,
  answer,
  onAsk,
}: {
  desk: Desk;
  triage: Triage;
  now: number;
  answer: (of: Answer) => ReactNode;
  onAsk: (id: string) => void;
}) {
  const { within } = desk.seats;
  const [a, b] = [within[0], within.at(-1)];
  const total = desk.waiting.total - triage.settled;
  return (
    <Panel
      id="desk-waiting"
      title={t(desk.wide ? 'desk.waitingAll' : 'desk.waiting')}
      note={
        total === 0
          ? undefined
          : a === undefined || b === undefined
            ? t('desk.waiting.order')
            : a === b
              ? t('desk.waiting.promise', { n: a })
              : t('desk.waiting.promises', { a, b })
      }
      total={total}
      items={triage.items}
      first={FIRST}
      none={
        !desk.failed.includes('checklists') && (
          <p className="dk-none">
            <b>{t(desk.wide ? 'desk.waiting.noneAll' : 'desk.waiting.none')}</b>
          </p>
        )
      }
      row={(x: DeskItem) => (
        <Row key={triage.idOf(x)} x={x} triage={triage} now={now} answer={answer} onAsk={onAsk} />
      )}
    />
  );
}

function Row({
  x,
  triage,
  now,
  answer,
  onAsk,
}: {
  x: DeskItem;
  triage: Triage;
  now: number;
  answer: (of: Answer) => ReactNode;
  onAsk: (id: string) => void;
}) {
  const id = triage.idOf(x);
  const open = triage.open === id;
  const said = triage.answers.get(id);
  return (
    <li className="dk-row dk-wait" data-at={triage.at === id || undefined} data-open={open || undefined}>
      <span className="dk-age" data-late={x.late || undefined} title={absolute(x.at)}>
        {waited(x.at, now)}
        {x.late && <span className="sr">, {t('desk.late')}</span>}
      </span>
      <span className="dk-main">
        <button
          type="button"
          id={rowId(id)}
          className="dk-link dk-q"
          aria-expanded={open}
          onFocus={() => triage.setAt(id)}
          onClick={() => void triage.toggle(x)}
        >
          {x.question}
        </button>
        <small>
          {x.team.name} · {x.name}, {x.item}
        </small>
      </span>
      <span className="dk-by">
        <Avatar person={x.by} size={22} decorative />
        <span>{x.by.name}</span>
        <DiscIcon d={x.by.discipline} size={13} />
      </span>
      {x.may && (
        <span className="dk-acts">
          <button
            type="button"
            className="btn soft sm"
            title={said ? undefined : t('desk.openFirst')}
            onClick={() => void triage.understand(x)}
          >
            {t('desk.understand')}
            <span className="sr">: {x.question}</span>
          </button>
          <button type="button" className="btn line sm" aria-haspopup="dialog" onClick={() => onAsk(id)}>
            {t('desk.pushBack')}
            <span className="sr">: {x.question}</span>
          </button>
        </span>
      )}
      {open && (
        <div className="dk-said" aria-live="polite">
          {x.help && <p className="dk-help">{x.help}</p>}
          {said ? answer(said) : <p className="quiet">{t('desk.reading')}</p>}
          {triage.bare && <Without says={triage.bare} onSay={(why) => void triage.understand(x, why)} />}
          <p className="dk-foot">
            {t('desk.explained', { name: x.by.name })}, {relative(x.at)} ·{' '}
            <ToItem list={x.checklistId} item={x.item} className="link">
              {t('desk.inList')}
            </ToItem>
          </p>
        </div>
      )}
    </li>
  );
}

/** It is understood without the evidence that is asked for: why, which stays beside the answer. */
function Without({ says, onSay }: { says: string; onSay: (why: string) => void }) {
  const [why, setWhy] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="dk-without"
      onSubmit={(e) => {
        e.preventDefault();
        if (why.trim()) onSay(why.trim());
      }}
    >
      <Field label={says}>
        <input
          ref={field}
          className="input"
          maxLength={500}
          placeholder={t('desk.withoutWhy')}
          value={why}
          onChange={(e) => setWhy(e.target.value)}
        />
      </Field>
      <button type="submit" className="btn soft sm" disabled={!why.trim()}>
        {t('desk.understand')}
      </button>
    </form>
  );
}
