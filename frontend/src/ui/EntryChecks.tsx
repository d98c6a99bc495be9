import { useId } from 'react';
import type { Answers, Check } from '../api/types';
import { Field } from './Dialog';
import { EntryList } from './EntryList';
import './entry-checks.css';
import type { ListAsk } from './entry-list';
import { tu } from './messages';

/** What has been said so far to a column's checks. */
export interface Said {
  met: Record<string, boolean>;
  waiving: boolean;
  why: string;
}
export const NOTHING_SAID: Said = { met: {}, waiving: false, why: '' };

const allMet = (checks: readonly Check[], said: Said) => checks.every((c) => said.met[c.id]);

/** Whether the card may be sent on its way with this. A checklist that is open is only waived. */
export const settled = (checks: readonly Check[], said: Said, list?: ListAsk): boolean =>
  (!list && allMet(checks, said)) || (said.waiving && said.why.trim() !== '');

export function answersOf(checks: readonly Check[], said: Said, list?: ListAsk): Answers {
  const answers: Answers = checks.length ? { checks: said.met } : {};
  if (said.waiving && (list || !allMet(checks, said))) answers.waive = { reason: said.why.trim() };
  return answers;
}

interface Props {
  checks: readonly Check[];
  /** The card's checklist, where the column does not let it in for that. */
  list?: ListAsk;
  /** What the team agreed on for the column, in words. */
  policy?: string;
  mayWaive: boolean;
  said: Said;
  onSay: (said: Said) => void;
  /** It was sent before it was settled: now what is missing is said. */
  tried: boolean;
  /** The first tick takes the focus of its dialog. */
  first?: boolean;
  /** The reader leaves for the checklist. */
  onGo?: () => void;
}

/** A column's checks, to be ticked, and what is open in its checklist; who may waive them can say why instead. */
export function EntryChecks({ checks, list, policy, mayWaive, said, onSay, tried, first, onGo }: Props) {
  const id = useId();
  const unmet = !allMet(checks, said);
  const open = unmet || !!list;
  return (
    <div className="entry">
      {policy && <p className="entry-policy">{policy}</p>}
      {list && <EntryList ask={list} onGo={onGo} />}
      {checks.length > 0 && (!list || said.waiving) && (
        <fieldset className="entry-list" aria-describedby={tried && unmet ? id : undefined}>
          <legend>{tu('ui.checks.legend')}</legend>
          {checks.map((c, i) => (
            <label key={c.id}>
              <input
                type="checkbox"
                data-autofocus={(first && !list && i === 0) || undefined}
                checked={said.met[c.id] ?? false}
                onChange={(e) => onSay({ ...said, met: { ...said.met, [c.id]: e.target.checked } })}
              />
              {c.text}
            </label>
          ))}
        </fieldset>
      )}
      {tried && unmet && !said.waiving && (
        <p className="field-error" id={id} role="alert">
          {tu('ui.checks.untick')}
        </p>
      )}
      {open && !mayWaive && <p className="field-hint">{tu('ui.checks.others')}</p>}
      {open && mayWaive && !said.waiving && (
        <button type="button" className="btn ghost sm" onClick={() => onSay({ ...said, waiving: true })}>
          {tu('ui.checks.waive')}
        </button>
      )}
      {open && said.waiving && (
        <>
          <Field
            label={tu('ui.checks.why')}
            hint={list && tu(list.many ? 'ui.checks.keptMany' : 'ui.checks.kept')}
            error={tried && !said.why.trim() ? tu('ui.checks.needed') : undefined}
          >
            <textarea
              className="input"
              // biome-ignore lint/a11y/noAutofocus: it answers the button that was just pressed
              autoFocus
              maxLength={500}
              value={said.why}
              onChange={(e) => onSay({ ...said, why: e.target.value })}
            />
          </Field>
          <button type="button" className="btn ghost sm" onClick={() => onSay({ ...said, waiving: false })}>
            {tu(list ? 'ui.checks.notWithout' : 'ui.checks.tickAll')}
          </button>
        </>
      )}
    </div>
  );
}
