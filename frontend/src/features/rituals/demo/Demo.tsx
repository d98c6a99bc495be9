import { ArrowLeft, ArrowRight, CircleSlash, Clock3, Projector } from 'lucide-react';
import { useRef } from 'react';
import { useKeys } from '../../../lib/keys';
import { Top } from '../../../lib/page';
import { dateOf } from '../../../lib/time';
import { ConfirmButton } from '../../../ui/ConfirmButton';
import { EmptyState } from '../../../ui/EmptyState';
import { Clock } from '../Clock';
import { t } from '../messages';
import { People } from '../People';
import type { RitualView, Sitting } from '../types';
import type { Ritual } from '../use-ritual';
import { Agenda } from './Agenda';
import '../stage.css';
import { OnStage } from './OnStage';
import { SayNote } from './SayNote';

interface Props {
  ritual: Ritual;
  view: RitualView;
  sitting: Sitting;
  canWork: boolean;
}

type Outcome = 'shown' | 'later' | 'skipped';
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One finished card at a time, large; everybody sees the same one. */
export function Demo({ ritual, view, sitting, canWork }: Props) {
  const demo = sitting.demo!;
  const { at } = sitting;
  const card = demo.cards[at];
  const go = (to: number, outcome?: Outcome) => {
    if (!canWork || to < 0 || to > demo.cards.length || (to === at && !outcome)) return;
    void ritual.ask('advance', { from: at, to, ...(outcome ? { outcome } : {}) });
  };
  const leave = (outcome: Outcome) => card && go(at + 1, outcome);
  const mark = (audience: string) => {
    if (!card || !canWork) return;
    const shown = !card.marks.some((m) => m.audience === audience);
    void ritual.ask('marks', { cardId: card.cardId, audience, shown });
  };
  const note = useRef<HTMLInputElement>(null);
  useKeys(t('ri.keys'), [
    { keys: ['Space', 'PageDown'], label: t('rd.key.shown'), run: () => leave('shown') },
    { keys: ['j', 'ArrowRight', 'ArrowDown'], label: t('rd.key.next'), run: () => go(at + 1) },
    { keys: ['k', 'ArrowLeft', 'ArrowUp', 'PageUp'], label: t('rd.key.back'), run: () => go(at - 1) },
    { keys: 'l', label: t('rd.key.later'), run: () => leave('later') },
    { keys: 'o', label: t('rd.key.operations'), run: () => mark('operations') },
    { keys: 's', label: t('rd.key.security'), run: () => mark('security') },
    { keys: 'n', label: t('rd.key.note'), run: () => note.current?.focus() },
    { keys: 'p', label: t('rd.key.product'), run: () => mark('product') },
  ]);
  const end = (className: string) => (
    <ConfirmButton
      className={className}
      title={t('rd.endSure')}
      text={t('rd.endText')}
      verb={t('rd.end')}
      calm
      run={() => ritual.ask('end')}
    >
      {t('rd.end')}
    </ConfirmButton>
  );
  if (demo.cards.length === 0)
    return (
      <>
        {canWork && <Top place="action">{end('btn')}</Top>}
        <EmptyState icon={<Projector size={28} />} title={t('rd.none')}>
          {t('rd.noneText', { date: dateOf(demo.since, zone) })}
        </EmptyState>
      </>
    );
  const shown = demo.cards.filter((c) => c.outcome === 'shown');
  const later = demo.cards.filter((c) => !c.outcome || c.outcome === 'later');
  return (
    <div className="page-in rd">
      {canWork && card && <Top place="action">{end('btn line')}</Top>}
      <div className="rd-main">
        {card ? (
          <OnStage
            key={card.cardId}
            card={card}
            n={at + 1}
            of={demo.cards.length}
            ritual={ritual}
            sitting={sitting}
            canWork={canWork}
            boardId={view.series.boardId}
            onMark={mark}
          />
        ) : (
          <section className="panel rd-stage rd-over">
            <h2>{t('rd.over')}</h2>
            <p className="lead">{t('rd.overText', { n: shown.length, of: demo.cards.length })}</p>
            {later.length > 0 && <p>{t('rd.back', { keys: later.map((c) => c.key).join(', ') })}</p>}
          </section>
        )}
        <SayNote cards={demo.cards} card={card} ritual={ritual} field={note} />
        {canWork && (
          <div className="rd-acts">
            <button type="button" className="btn line big" disabled={at === 0} onClick={() => go(at - 1)}>
              <ArrowLeft size={16} aria-hidden />
              {t('rd.backOne')}
            </button>
            {card ? (
              <>
                <span className="rd-gap" />
                <button type="button" className="btn ghost big" onClick={() => leave('skipped')}>
                  <CircleSlash size={15} aria-hidden />
                  {t('rd.skip')}
                </button>
                <button type="button" className="btn line big" onClick={() => leave('later')}>
                  <Clock3 size={15} aria-hidden />
                  {t('rd.later')}
                </button>
                <button type="button" className="btn big" onClick={() => leave('shown')}>
                  {t('rd.next')}
                  <ArrowRight size={16} aria-hidden />
                </button>
              </>
            ) : (
              end('btn big')
            )}
          </div>
        )}
      </div>
      <aside className="rd-side" aria-label={view.series.name}>
        <Clock sitting={sitting} />
        <Agenda cards={demo.cards} at={at} onGo={canWork ? (n) => go(n) : undefined} />
        <People sitting={sitting} ritual={ritual} canWork={canWork} />
      </aside>
    </div>
  );
}
