import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../../../lib/keys';
import { Top } from '../../../lib/page';
import { ConfirmButton } from '../../../ui/ConfirmButton';
import { Clock } from '../Clock';
import { t } from '../messages';
import { People } from '../People';
import '../stage.css';
import type { RitualView, Sitting } from '../types';
import type { Ritual } from '../use-ritual';
import { DecideDialog, Decisions } from './Decisions';
import { Evidence } from './Evidence';
import { inShort, QUESTIONS } from './questions';
import './review.css';

interface Props {
  ritual: Ritual;
  view: RitualView;
  sitting: Sitting;
  canWork: boolean;
}

/** One question at a time, with what the record says to it; at most three decisions, each a card. */
export function Review({ ritual, view, sitting, canWork }: Props) {
  const review = sitting.review!;
  const { at } = sitting;
  const [deciding, setDeciding] = useState(false);
  const last = QUESTIONS.length - 1;
  const question = QUESTIONS[Math.min(at, last)]!;
  const full = review.decisions.length >= 3;
  const go = (to: number) => {
    if (canWork && to >= 0 && to <= last && to !== at) void ritual.ask('advance', { from: at, to });
  };
  const decide = () => canWork && !full && setDeciding(true);
  useKeys(t('ri.keys'), [
    {
      keys: ['Space', 'j', 'ArrowRight', 'ArrowDown', 'PageDown'],
      label: t('rv.key.next'),
      run: () => go(at + 1),
    },
    { keys: ['k', 'ArrowLeft', 'ArrowUp', 'PageUp'], label: t('rv.key.back'), run: () => go(at - 1) },
    { keys: 'd', label: t('rv.key.decide'), run: decide },
  ]);
  const end = (className: string) => (
    <ConfirmButton
      className={className}
      title={t('rv.endSure')}
      text={t('rv.endText')}
      verb={t('rv.end')}
      calm
      run={() => ritual.ask('end')}
    >
      {t('rv.end')}
    </ConfirmButton>
  );
  return (
    <div className="page-in rd">
      {canWork && at < last && <Top place="action">{end('btn line')}</Top>}
      <div className="rd-main">
        <section className="panel rd-stage" aria-live="polite">
          <p className="rd-step num">
            {t('rv.step', { n: at + 1, of: QUESTIONS.length })} · {t(`rv.name.${question}`)}
          </p>
          <h2>{t(`rv.ask.${question}`)}</h2>
          <Evidence review={review} question={question} boardId={view.series.boardId} />
          {question === 'decisions' && (
            <Decisions
              review={review}
              ritual={ritual}
              canWork={canWork}
              boardId={view.series.boardId}
              large
            />
          )}
        </section>
        {canWork && (
          <div className="rd-acts">
            <button type="button" className="btn line big" disabled={at === 0} onClick={() => go(at - 1)}>
              <ArrowLeft size={16} aria-hidden />
              {t('rd.backOne')}
            </button>
            <span className="rd-gap" />
            <button type="button" className="btn line big" disabled={full} onClick={decide}>
              {t(full ? 'rv.full' : 'rv.decide')}
            </button>
            {at < last ? (
              <button type="button" className="btn big" onClick={() => go(at + 1)}>
                {t('rv.next')}
                <ArrowRight size={16} aria-hidden />
              </button>
            ) : (
              end('btn big')
            )}
          </div>
        )}
      </div>
      <aside className="rd-side" aria-label={view.series.name}>
        <Clock sitting={sitting} />
        <section className="panel ri-pad">
          <h2 className="h2">{t('rv.agenda')}</h2>
          <ol className="rd-list">
            {QUESTIONS.map((q, n) => {
              const words = (
                <>
                  <span className="rd-name">{t(`rv.name.${q}`)}</span>
                  <span className="quiet num">{inShort(review, q)}</span>
                </>
              );
              return (
                <li key={q} aria-current={n === at ? 'step' : undefined}>
                  {canWork ? (
                    <button type="button" onClick={() => go(n)}>
                      {words}
                    </button>
                  ) : (
                    <span>{words}</span>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
        {question !== 'decisions' && review.decisions.length > 0 && (
          <section className="panel ri-pad">
            <h2 className="h2">{t('rv.decided')}</h2>
            <Decisions review={review} ritual={ritual} canWork={canWork} boardId={view.series.boardId} />
          </section>
        )}
        <People sitting={sitting} ritual={ritual} canWork={canWork} />
      </aside>
      {deciding && <DecideDialog view={view} ritual={ritual} onClose={() => setDeciding(false)} />}
    </div>
  );
}
