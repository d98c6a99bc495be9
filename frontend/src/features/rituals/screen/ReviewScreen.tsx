import { dateWords } from '../../../lib/time';
import { t } from '../messages';
import { Evidence } from '../review/Evidence';
import { QUESTIONS } from '../review/questions';
import '../review/review.css';
import type { Review, RitualView } from '../types';
import { Upcoming } from './Upcoming';

/** One question with what the record says to it, and what was decided. */
export function ReviewScreen({ review, at, view }: { review: Review; at: number; view: RitualView }) {
  const question = QUESTIONS[Math.min(at, QUESTIONS.length - 1)]!;
  return (
    <>
      <section className="tv-now" aria-live="polite">
        <div className="tv-now-h">
          <span className="path">
            <b>{t(`rv.name.${question}`)}</b>
          </span>
          <span className="step">{t('rv.step', { n: at + 1, of: QUESTIONS.length })}</span>
        </div>
        <h2 data-long="yes">{t(`rv.ask.${question}`)}</h2>
        <div className="rt-evidence">
          <Evidence review={review} question={question} boardId={view.series.boardId} plain />
        </div>
      </section>
      <Upcoming
        title={t('rv.decided')}
        side={t('rv.short.of', { n: review.decisions.length })}
        none={t('rt.noDecision')}
        items={review.decisions.map((d) => ({
          id: d.id,
          key: d.key,
          title: d.title,
          side: d.owners[0]?.name.split(' ')[0],
          more: d.dueOn && t('rv.by', { date: dateWords(d.dueOn) }),
        }))}
      />
    </>
  );
}
