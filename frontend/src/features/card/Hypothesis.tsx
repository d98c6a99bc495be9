import { useId, useRef, useState } from 'react';
import type { Outcome } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { absolute, relative } from '../../lib/time';
import { usePeople } from '../../live';
import { Field } from '../../ui/Dialog';
import css from './card.module.css';
import { attempt, useRoom } from './context';
import full from './full.module.css';
import { tf } from './messages-full';

const RESULTS: readonly Outcome['result'][] = ['confirmed', 'refuted', 'unclear'];

/** What the card is believed to bring, and after it is done what turned out: asked once, quietly, in its place. */
export function Hypothesis() {
  const { face, detail, can, asked, ask } = useRoom();
  const [concluding, setConcluding] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const people = usePeople();
  const h = detail?.hypothesis;
  const editing = asked === 'hypothesis';
  const back = () => requestAnimationFrame(() => edit.current?.focus());
  if (!h && !editing) return null;
  const outcome = h?.outcome;
  return (
    <section className={css.part} aria-label={tf('card.hypothesis')}>
      <div className={css.partHead}>
        <h3>{tf('card.hypothesis')}</h3>
        {can.work && !editing && !concluding && (
          <button ref={edit} type="button" className="btn ghost sm" onClick={() => ask('hypothesis')}>
            {tf('card.edit')}
          </button>
        )}
      </div>
      {editing ? (
        <Suppose
          onDone={() => {
            ask(undefined);
            back();
          }}
        />
      ) : (
        h && (
          <dl className={full.hypothesis}>
            {(['believe', 'will', 'knowWhen'] as const).map(
              (part) =>
                h[part] && (
                  <div key={part}>
                    <dt>{tf(`card.h.${part}`)}</dt>
                    <dd>{h[part]}</dd>
                  </div>
                ),
            )}
            {outcome && !concluding && (
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
            )}
          </dl>
        )
      )}
      {h && !editing && can.work && concluding && (
        <Conclude
          onDone={() => {
            setConcluding(false);
            back();
          }}
        />
      )}
      {h && !editing && can.work && !concluding && (outcome || face.finishedAt || face.startedAt) && (
        <p className={full.quietAsk}>
          {!outcome && face.finishedAt && <span>{tf('card.outcomeAsk')}</span>}
          <button
            type="button"
            className={`btn sm ${!outcome && face.finishedAt ? 'soft' : 'ghost'}`}
            onClick={() => setConcluding(true)}
          >
            {tf(outcome ? 'card.outcomeChange' : 'card.outcomeRecord')}
          </button>
        </p>
      )}
    </section>
  );
}

function Suppose({ onDone }: { onDone: () => void }) {
  const { face, detail } = useRoom();
  const h = detail?.hypothesis;
  const [said, setSaid] = useState({
    believe: h?.believe ?? '',
    will: h?.will ?? '',
    knowWhen: h?.knowWhen ?? '',
  });
  const [busy, setBusy] = useState(false);
  const version = useState(detail?.card.version)[0];
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        setBusy(true);
        void attempt(api.put(`/cards/${face.id}/hypothesis`, { ...said, version })).then((kept) => {
          setBusy(false);
          if (!kept) return;
          announce(tf('card.hypothesisSaved'));
          onDone();
        });
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onDone();
      }}
    >
      {(['believe', 'will', 'knowWhen'] as const).map((part, i) => (
        <Field key={part} label={tf(`card.h.${part}`)}>
          <textarea
            className="input"
            rows={2}
            maxLength={2000}
            // biome-ignore lint/a11y/noAutofocus: it is the answer to the button that was just pressed
            autoFocus={i === 0}
            placeholder={tf(`card.hHint.${part}`)}
            value={said[part]}
            onChange={(e) => setSaid({ ...said, [part]: e.target.value })}
          />
        </Field>
      ))}
      <div className={css.formFoot}>
        <button type="button" className="btn line sm" onClick={onDone}>
          {tf('card.cancel')}
        </button>
        <button type="submit" className="btn sm" data-busy={busy || undefined} disabled={busy}>
          {tf('card.save')}
        </button>
      </div>
    </form>
  );
}

function Conclude({ onDone }: { onDone: () => void }) {
  const { face, detail } = useRoom();
  const was = detail?.hypothesis?.outcome;
  const [result, setResult] = useState<Outcome['result'] | ''>(was?.result ?? '');
  const [learned, setLearned] = useState(was?.learned ?? '');
  const [busy, setBusy] = useState(false);
  const version = useState(detail?.card.version)[0];
  const name = useId();
  const send = (next: Outcome['result'] | '') => {
    setBusy(true);
    void attempt(
      api.put(`/cards/${face.id}/outcome`, { result: next, learned: next ? learned : '', version }),
    ).then((kept) => {
      setBusy(false);
      if (!kept) return;
      announce(tf('card.outcomeSaved'));
      onDone();
    });
  };
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (result) send(result);
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        e.preventDefault();
        e.stopPropagation();
        onDone();
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
              onChange={() => setResult(r)}
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
          onChange={(e) => setLearned(e.target.value)}
        />
      </Field>
      <div className={css.formFoot}>
        {was && (
          <button type="button" className="btn ghost sm" onClick={() => send('')}>
            {tf('card.outcomeTakeBack')}
          </button>
        )}
        <button type="button" className="btn line sm" onClick={onDone}>
          {tf('card.cancel')}
        </button>
        <button type="submit" className="btn sm" data-busy={busy || undefined} disabled={!result || busy}>
          {tf('card.save')}
        </button>
      </div>
    </form>
  );
}
