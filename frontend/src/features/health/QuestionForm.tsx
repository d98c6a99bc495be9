import { useId, useState } from 'react';
import { api } from '../../lib/api';
import { t } from './messages';
import { MARK, TONE } from './parts';
import type { Check, Question, Score, Trend } from './types';

const last = new Map<string, Promise<unknown>>();
/** One after the other: taps that overtake each other on the way would leave what was tapped first. */
function inTurn<T>(path: string, send: () => Promise<T>): Promise<T> {
  const sent = (last.get(path) ?? Promise.resolve()).then(send, send);
  last.set(path, sent);
  return sent;
}

/** One's answer to one question, kept with each tap. It stays on the page when keeping it fails, and says so. */
export function QuestionForm({
  question: q,
  path,
  onSaid,
}: {
  question: Question;
  path: string;
  onSaid: (check: Check) => void;
}) {
  const name = useId();
  const [mine, setMine] = useState<{ score?: Score; trend: Trend }>();
  const [problem, setProblem] = useState<string>();
  const score = mine?.score ?? ((q.score || undefined) as Score | undefined);
  const trend = mine?.trend ?? ((q.trend ?? 0) as Trend);
  const say = async (next: { score?: Score; trend: Trend }) => {
    setMine(next);
    setProblem(undefined);
    if (!next.score) return;
    try {
      const { score, trend } = next;
      onSaid(
        await inTurn(path, () => api.put<Check>(path, { answers: [{ question: q.key, score, trend }] })),
      );
      setMine((now) => (now === next ? undefined : now));
    } catch (e) {
      setProblem(t('hc.failed', { why: e instanceof Error ? e.message : String(e) }));
    }
  };
  return (
    <div className="hc-form">
      <fieldset className="hc-score">
        <legend className="sr">{t('hc.scoreOf', { title: q.title })}</legend>
        {([3, 2, 1] as const).map((value) => {
          const Mark = MARK[value];
          return (
            <label key={value} data-t={TONE[value]} data-on={score === value || undefined}>
              <input
                type="radio"
                name={name}
                checked={score === value}
                onChange={() => void say({ score: value, trend })}
              />
              <Mark size={17} aria-hidden />
              {t(`hc.${value}`)}
            </label>
          );
        })}
      </fieldset>
      <fieldset className="hc-trend" disabled={!score}>
        <legend className="sr">{t('hc.trendOf', { title: q.title })}</legend>
        <span aria-hidden="true">{t('hc.trend')}</span>
        {([1, 0, -1] as const).map((value) => (
          <label key={value} data-on={(score && trend === value) || undefined}>
            <input
              type="radio"
              name={`${name}t`}
              checked={!!score && trend === value}
              onChange={() => void say({ score, trend: value })}
            />
            {t(`hc.trend.${value}`)}
          </label>
        ))}
      </fieldset>
      {problem && (
        <p role="alert" className="field-error">
          {problem}
        </p>
      )}
    </div>
  );
}
