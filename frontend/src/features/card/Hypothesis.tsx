import { useEffect, useId, useRef, useState } from 'react';
import type { Hypothesis as Held, Outcome } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { absolute, relative } from '../../lib/time';
import { usePeople } from '../../live';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import full from './full.module.css';
import { t } from './messages';
import { tf } from './messages-full';
import { Offer } from './Offer';
import { Meanwhile, useWriting, type Writing } from './writing';

const RESULTS: readonly Outcome['result'][] = ['confirmed', 'refuted', 'unclear'];
const PARTS = ['believe', 'will', 'knowWhen'] as const;

type Supposed = Record<(typeof PARTS)[number], string>;
type Concluded = Required<Pick<Outcome, 'learned'>> & { result: Outcome['result'] | '' };

// A form is one text, so that drafts and "yours, theirs" are those of the description.
const supposed = (h: Held | undefined): string =>
  JSON.stringify({ believe: h?.believe ?? '', will: h?.will ?? '', knowWhen: h?.knowWhen ?? '' });
const concluded = (o: Outcome | undefined): string =>
  JSON.stringify({ result: o?.result ?? '', learned: o?.learned ?? '' });

/** What the card is believed to bring, and after it is done what turned out: asked once, quietly, in its place. */
export function Hypothesis() {
  const { face, detail, can, asked, ask } = useRoom();
  const edit = useRef<HTMLButtonElement>(null);
  const h = detail?.hypothesis;
  const outcome = h?.outcome;
  const first = useWriting('hypothesis', supposed(h));
  const last = useWriting('outcome', concluded(outcome));
  const wanted = asked === 'hypothesis';
  const editing = can.work && first.begun !== undefined;
  const concluding = can.work && h !== undefined && last.begun !== undefined;
  useEffect(() => {
    if (wanted && !first.begun) first.begin(first.kept.draft?.text ?? supposed(h), first.kept.draft);
  });
  const back = () => {
    ask(undefined);
    requestAnimationFrame(() => edit.current?.focus());
  };
  const offers = can.work && !editing && first.kept.draft !== undefined;
  if (!h && !editing && !offers) return null;
  return (
    <section className={css.part} aria-label={tf('card.hypothesis')}>
      <div className={css.partHead}>
        <h3>{tf('card.hypothesis')}</h3>
        {can.work && !editing && !concluding && (
          <button ref={edit} type="button" className="btn ghost sm" onClick={() => first.begin(supposed(h))}>
            {tf('card.edit')}
          </button>
        )}
      </div>
      {offers && <Offer kept={first.kept} onGoOn={(d) => first.begin(d.text, d)} />}
      {editing ? (
        <>
          <Meanwhile
            writing={first}
            field="hypothesis"
            theirs={h ? <Said h={h} /> : <p>{t('card.goneTarget')}</p>}
          />
          <Suppose writing={first} onDone={back} />
        </>
      ) : (
        h && <Said h={h} outcome={!concluding} />
      )}
      {h && can.work && !editing && !concluding && last.kept.draft && (
        <Offer kept={last.kept} onGoOn={(d) => last.begin(d.text, d)} />
      )}
      {h && !editing && concluding && (
        <>
          <Meanwhile
            writing={last}
            field="outcome"
            theirs={
              outcome ? (
                <dl className={full.hypothesis}>
                  <TurnedOut outcome={outcome} />
                </dl>
              ) : (
                <p>{t('card.goneTarget')}</p>
              )
            }
          />
          <Conclude writing={last} onDone={back} />
        </>
      )}
      {h && !editing && can.work && !concluding && (outcome || face.finishedAt || face.startedAt) && (
        <p className={full.quietAsk}>
          {!outcome && face.finishedAt && <span>{tf('card.outcomeAsk')}</span>}
          <button
            type="button"
            className={`btn sm ${!outcome && face.finishedAt ? 'soft' : 'ghost'}`}
            onClick={() => last.begin(concluded(outcome))}
          >
            {tf(outcome ? 'card.outcomeChange' : 'card.outcomeRecord')}
          </button>
        </p>
      )}
    </section>
  );
}

function Said({ h, outcome }: { h: Held; outcome?: boolean }) {
  return (
    <dl className={full.hypothesis}>
      {PARTS.map(
        (part) =>
          h[part] && (
            <div key={part}>
              <dt>{tf(`card.h.${part}`)}</dt>
              <dd>{h[part]}</dd>
            </div>
          ),
      )}
      {outcome && h.outcome && <TurnedOut outcome={h.outcome} />}
    </dl>
  );
}

function TurnedOut({ outcome }: { outcome: Outcome }) {
  const people = usePeople();
  return (
    <div data-result={outcome.result}>
      <dt>{tf('card.outcome')}</dt>
      <dd>
        <strong>{tf(`card.result.${outcome.result}`)}</strong>
        {outcome.learned && `. ${outcome.learned}`}
        {outcome.at && (
          <small title={absolute(outcome.at)}>
            {' '}
            {people.get(outcome.by ?? '')?.name} {relative(outcome.at)}
          </small>
        )}
      </dd>
    </div>
  );
}

/** Sends what was written. Refused because of somebody else's change: theirs is read, and stands above the form. */
function useSend(writing: Writing, said: string, onDone: () => void) {
  const { again } = useRoom();
  const [busy, setBusy] = useState(false);
  const send = (path: string, values: object) => {
    setBusy(true);
    void attempt(api.put(path, { ...values, version: writing.version })).then((kept) => {
      setBusy(false);
      if (!kept) return again();
      announce(said);
      writing.done();
      onDone();
    });
  };
  return [busy, send] as const;
}

interface FormProps {
  writing: Writing;
  onDone: () => void;
}

function Suppose({ writing, onDone }: FormProps) {
  const { face } = useRoom();
  const said = JSON.parse(writing.begun!.text) as Supposed;
  const [busy, send] = useSend(writing, tf('card.hypothesisSaved'), onDone);
  const leave = () => {
    writing.leave();
    onDone();
  };
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        send(`/cards/${face.id}/hypothesis`, said);
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        leave();
      }}
    >
      {PARTS.map((part, i) => (
        <Field key={part} label={tf(`card.h.${part}`)}>
          <textarea
            className="input"
            rows={2}
            maxLength={2000}
            // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
            autoFocus={i === 0}
            placeholder={tf(`card.hHint.${part}`)}
            value={said[part]}
            onChange={(e) => writing.change(JSON.stringify({ ...said, [part]: e.target.value }))}
          />
        </Field>
      ))}
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={leave}>
          {tf('card.cancel')}
        </button>
        <button type="submit" className="btn sm" data-busy={busy || undefined} disabled={busy}>
          {tf('card.save')}
        </button>
      </div>
    </form>
  );
}

function Conclude({ writing, onDone }: FormProps) {
  const { face, detail } = useRoom();
  const was = detail?.hypothesis?.outcome;
  const said = JSON.parse(writing.begun!.text) as Concluded;
  const { result, learned } = said;
  const set = (change: Partial<Concluded>) => writing.change(JSON.stringify({ ...said, ...change }));
  const [busy, sendTo] = useSend(writing, tf('card.outcomeSaved'), onDone);
  const send = (next: Concluded) => sendTo(`/cards/${face.id}/outcome`, next);
  const name = useId();
  const leave = () => {
    writing.leave();
    onDone();
  };
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (result) send(said);
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        leave();
      }}
    >
      <fieldset className={full.results}>
        <legend>{tf('card.outcomeLegend')}</legend>
        {RESULTS.map((r) => (
          <label key={r}>
            <input
              type="radio"
              name={name}
              // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
              autoFocus={r === (was?.result ?? RESULTS[0])}
              checked={result === r}
              onChange={() => set({ result: r })}
            />
            {tf(`card.result.${r}`)}
          </label>
        ))}
      </fieldset>
      <Field label={tf('card.learned')}>
        <textarea
          className="input"
          rows={2}
          maxLength={2000}
          value={learned}
          onChange={(e) => set({ learned: e.target.value })}
        />
      </Field>
      <div className={css.formFoot}>
        {was && (
          <button type="button" className="btn ghost sm" onClick={() => send({ result: '', learned: '' })}>
            {tf('card.outcomeTakeBack')}
          </button>
        )}
        <button type="button" className="btn line sm" onClick={leave}>
          {tf('card.cancel')}
        </button>
        <button type="submit" className="btn sm" data-busy={busy || undefined} disabled={!result || busy}>
          {tf('card.save')}
        </button>
      </div>
    </form>
  );
}
