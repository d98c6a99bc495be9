import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { TeamRight } from '../../api/types';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import { putData, refresh, useData } from '../../lib/data';
import { readDraft, writeDraft } from '../../lib/drafts';
import { useMe } from '../../lib/session';
import { dateWords, moment } from '../../lib/time';
import { DiscIcon } from '../../ui/DiscIcon';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { nextWords } from './screen/Radiator';
import type { Answer, FactCard, Facts, StandupView, Written } from './types';
import './written.css';

/** Who is asked; somebody on call from elsewhere has an answer to give once they are. */
const WRITE: readonly TeamRight[] = ['worker', 'lead'];

/** A standup in writing: one's own words, and what the others wrote so far. */
export function WrittenPanel({ view, acts }: { view: StandupView; acts: ReactNode }) {
  const { series, seq } = view;
  const { person, teams } = useMe();
  const me = person.id;
  const own = teams.find((x) => x.id === series.teamId);
  const mayWrite = person.role !== 'admin' && own && (own.liaison || WRITE.includes(own.right));
  const path = `/standups/${series.id}/written`;
  const asked = useData<Written>(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever happened, the answers may have changed
  useEffect(() => void refresh(path), [path, seq]);
  return (
    <section className="panel sp-pad sw" aria-label={t('sw.title')}>
      <Loaded query={asked} failed={t('sw.failed')}>
        {({ digest, nextAt }) => (
          <>
            <p className="quiet">{t('sw.title')}</p>
            <h2>
              {!digest
                ? nextAt
                  ? nextWords(nextAt, Date.now())
                  : t('sw.none')
                : digest.state === 'open'
                  ? t('sw.due', { when: nextWords(digest.dueAt, Date.now()) })
                  : t('sw.sent', { day: dateWords(digest.day) })}
            </h2>
            <p className="small quiet">
              {!digest
                ? t('sw.noneText')
                : [
                    t('sw.count', {
                      answered: digest.answers.filter((a) => a.answeredAt).length,
                      asked: digest.answers.length,
                    }),
                    digest.state === 'sent' && t('sw.sentAt', { when: moment(digest.dueAt) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
            </p>
            {digest?.state === 'open' && (mayWrite || digest.answers.some((a) => a.person.id === me)) && (
              <Mine
                key={digest.id}
                path={path}
                draftName={`standup.${digest.id}`}
                dueAt={digest.dueAt}
                answer={digest.answers.find((a) => a.person.id === me)}
              />
            )}
            {digest && (
              <ul className="sw-all">
                {digest.answers
                  .filter((a) => digest.state === 'sent' || a.person.id !== me)
                  .map((a) => (
                    <Said key={a.person.id} answer={a} />
                  ))}
              </ul>
            )}
            {digest?.meetingId && (
              <Link
                to="/standup/$series/summary/$meeting"
                params={{ series: series.id, meeting: digest.meetingId } as never}
                className="link"
              >
                {t('sw.whole')}
              </Link>
            )}
          </>
        )}
      </Loaded>
      <div className="sp-acts">{acts}</div>
    </section>
  );
}

const QUESTIONS = ['finishes', 'help', 'hear'] as const;
type Words = Record<(typeof QUESTIONS)[number], string>;
const wordsOf = (a: Answer | undefined): Words => ({
  finishes: a?.finishes ?? '',
  help: a?.help ?? '',
  hear: a?.hear ?? '',
});
const same = (a: Words, b: Words) => QUESTIONS.every((q) => a[q].trim() === b[q].trim());

/** What was kept half written, as long as it is of this kind. */
function kept(name: string): Words | undefined {
  try {
    return JSON.parse(readDraft(name)?.text ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function Mine({
  path,
  draftName,
  dueAt,
  answer,
}: {
  path: string;
  draftName: string;
  dueAt: string;
  answer: Answer | undefined;
}) {
  const [words, setWords] = useState<Words>(() => kept(draftName) ?? wordsOf(answer));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const changed = !same(words, wordsOf(answer));
  const write = (next: Words) => {
    setWords(next);
    writeDraft(draftName, same(next, wordsOf(answer)) ? undefined : { text: JSON.stringify(next) });
  };
  return (
    <form
      className="sw-mine"
      onSubmit={async (e) => {
        e.preventDefault();
        if (busy) return;
        setBusy(true);
        setProblem(undefined);
        try {
          const now = await api.put<Written>(path, words);
          writeDraft(draftName, undefined);
          putData<Written>(path, () => now);
          announce(t('sw.saved'));
        } catch (error) {
          setProblem(error instanceof Error ? error.message : String(error));
        }
        setBusy(false);
      }}
    >
      <h3>{t('sw.mine')}</h3>
      {answer && <FactLines facts={answer.facts} />}
      {QUESTIONS.map((q, i) => (
        <label key={q}>
          <span>
            {t(`sw.${q}`)} {i > 0 && <small>{t('sw.optional')}</small>}
          </span>
          <textarea
            className="input"
            rows={2}
            maxLength={1000}
            value={words[q]}
            onChange={(e) => write({ ...words, [q]: e.target.value })}
          />
        </label>
      ))}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="sw-send">
        <button type="submit" className="btn" disabled={!changed} data-busy={busy || undefined}>
          {t(answer?.answeredAt ? 'sw.change' : 'sw.save')}
        </button>
        <span className="small quiet" aria-live="polite">
          {changed
            ? t('sw.draft')
            : answer?.answeredAt
              ? t('sw.saved')
              : t('sw.mineText', { when: moment(dueAt) })}
        </span>
      </div>
    </form>
  );
}

function Said({ answer }: { answer: Answer }) {
  return (
    <li>
      <p className="sw-who">
        <DiscIcon d={answer.discipline} size={15} decorative />
        <b>{answer.person.name}</b>
        {!answer.answeredAt && <small>{t('sw.waiting')}</small>}
      </p>
      {QUESTIONS.map(
        (q) =>
          answer[q] && (
            <p key={q}>
              <small>{t(`sw.${q}`)}</small>
              {answer[q]}
            </p>
          ),
      )}
      {KINDS.some((k) => answer.facts[k]?.length) && <FactLines facts={answer.facts} />}
    </li>
  );
}

const KINDS = ['finished', 'moved', 'blocked'] as const;

/** What the record says, so that nobody types it. */
function FactLines({ facts }: { facts: Facts }) {
  const lines = KINDS.filter((k) => facts[k]?.length);
  if (lines.length === 0) return <p className="sw-facts">{t('sw.noFacts')}</p>;
  return (
    <dl className="sw-facts" aria-label={t('sw.facts')}>
      {lines.map((k) => (
        <div key={k}>
          <dt>{t(`sw.${k}`)}</dt>
          <dd>
            {facts[k]?.map((c: FactCard) => (
              <span key={c.key}>
                <span className="key">{c.key}</span> {c.title}
                {c.to ? ` → ${c.to}` : c.reason ? ` (${c.reason})` : ''}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
