import { Link } from '@tanstack/react-router';
import { BellRing, Check, SlidersHorizontal } from 'lucide-react';
import { Fragment } from 'react';
import { browserZone } from '../../lib/time';
import { useNow } from '../../lib/use-now';
import { firstDay } from '../../ui/excused';
import { Files } from './Files';
import { t } from './messages';
import { goOn, isStep } from './next';
import { useRemind } from './remind';
import { useRoom } from './room';
import { ServiceFact } from './Services';
import { allItems, hasAnswered, isLater, waitsFor } from './state';
import { TopicBar } from './TopicBar';
import { type Checklist, type Item, PHASES } from './types';
import { countWords, launchWords, shortDay, whoExcused } from './words';

/** How it stands, in words and in shapes; never one percentage. */
export function Side({ onTopic }: { onTopic: (key: string) => void }) {
  const { view, topic, go, may } = useRoom();
  const remind = useRemind(view.id);
  return (
    <aside className="ck-side" aria-label={t('ck.topics')}>
      <Standing view={view} />
      {view.blocking > 0 && (may.answer || may.understand) && (
        <button
          type="button"
          className="btn line sm ck-remind"
          title={t('ck.remind.title')}
          data-busy={remind.busy || undefined}
          onClick={() => void remind.run()}
        >
          <BellRing size={14} aria-hidden />
          {t('ck.remind')}
        </button>
      )}
      <nav aria-label={t('ck.topics')}>
        {view.topics.map((x) => (
          <div
            key={x.key}
            className="ck-topic"
            data-here={x.key === topic.key || undefined}
            data-sep={x.key === 'security' || undefined}
          >
            <button
              type="button"
              className="ck-topic-b"
              aria-current={x.key === topic.key ? 'true' : undefined}
              onClick={() => onTopic(x.key)}
            >
              <span>{x.name}</span>
              {x.blocking ? (
                <em data-b>{t('ck.topicBlocks', { n: x.blocking })}</em>
              ) : laterIn(x.items) > 0 ? (
                <em>{t('ck.topicLater', { n: laterIn(x.items) })}</em>
              ) : x.of === 0 ? (
                <em>{t('ck.topicNotAsked')}</em>
              ) : (
                <em>
                  <Check size={15} role="img" aria-label={t('ck.topicClear')} />
                </em>
              )}
            </button>
            <TopicBar topic={x} onItem={go} />
          </div>
        ))}
      </nav>
      <Facts view={view} />
      <Files />
    </aside>
  );
}

const laterIn = (items: readonly Item[]) => items.filter(isLater).length;

export function Standing({ view }: { view: Checklist }) {
  const items = allItems(view);
  const room = useRoom();
  const { live, may } = room;
  const waiting = items.filter((i) => waitsFor(i, live.me, may));
  const [mine] = waiting;
  const forMe = waiting.length;
  // the part of who answers is done
  const answered = view.blocking > 0 && view.counts.toUnderstand === view.blocking;
  if (view.service?.archived) return null;
  const untouched = items.every((i) => i.state === 'unanswered' && !i.services?.some(hasAnswered));
  return (
    <div
      className="ck-block"
      data-clear={view.blocking === 0 || undefined}
      data-answered={answered || undefined}
    >
      {view.blocking > 0 ? (
        <p>
          {t('ck.blocking')} <b>{view.blocking}</b>
        </p>
      ) : (
        <p>{t('ck.clear')}</p>
      )}
      <span>
        {untouched && view.blocking > 0
          ? t('ck.start', {
              n: items.length,
              need: items.filter((i) => i.must).length,
              topic: view.topics[0]?.name ?? '',
            })
          : view.blocking > 0
            ? answered && !forMe
              ? t('ck.allAnswered', { n: view.blocking })
              : countWords(view.counts)
            : t(view.excused ? 'ck.clearBut' : 'ck.clearText')}
      </span>
      <Excused view={view} />
      {forMe === 0 && view.blocking > 0 && !untouched && (may.answer || may.understand) && (
        <span>{t('ck.forYouNone')}</span>
      )}
      {forMe > 0 && !untouched && (
        <button
          type="button"
          className="link-btn ck-mine"
          onClick={() => (isStep(mine!, room) ? goOn(room, mine) : room.go(mine!.key))}
        >
          {t('ck.forYou', { n: forMe })}
        </button>
      )}
    </div>
  );
}

/** What is asked and counts although nobody understood an answer, by whose word, and the way to each. */
export function Excused({ view: { excused, topics } }: { view: Checklist }) {
  const { go } = useRoom();
  if (!excused) return null;
  const line = (keys: readonly string[], words: (names: string) => string) =>
    keys.length > 0 && (
      <span className="ck-excused">
        {words(whoExcused({ topics }, keys))}{' '}
        {keys.map((key, i) => (
          <Fragment key={key}>
            {i > 0 && ', '}
            <button type="button" className="link-btn" onClick={() => go(key)}>
              {key}
            </button>
          </Fragment>
        ))}
      </span>
    );
  const { na = [], gaps = [] } = excused;
  return (
    <>
      {line(na, (names) => t('ck.excused.na', { n: na.length, names }))}
      {line(
        gaps.map((g) => g.key),
        (names) => t('ck.excused.gap', { n: gaps.length, date: shortDay(firstDay(gaps)), names }),
      )}
    </>
  );
}

function Facts({ view }: { view: Checklist }) {
  const { setOpen, may } = useRoom();
  const now = useNow(60_000);
  const { template } = view;
  const services = view.service ? [view.service] : view.services; // whose it is, or whose answers it inherits
  return (
    <>
      <dl className="ck-facts">
        {view.card && (
          <>
            <dt>{t('ck.feature')}</dt>
            <dd>
              <Link to="/c/$key" params={{ key: view.card.key } as never} className="link key">
                {view.card.key}
              </Link>
              {view.card.title !== view.name && ` ${view.card.title}`}
            </dd>
          </>
        )}
        {services.length > 0 && (
          <>
            <dt>{t(services.length > 1 ? 'ck.services' : 'ck.service')}</dt>
            <dd>
              {services.map((s) => (
                <ServiceFact key={s.id} service={s} />
              ))}
            </dd>
          </>
        )}
        {view.launchOn && (
          <>
            <dt>{t('ck.launch')}</dt>
            <dd>
              <b>{launchWords(view.launchOn, now, browserZone())}</b>
              {view.kind !== 'service' && (
                <>
                  {' · '}
                  <Link to="/launches/$checklist" params={{ checklist: view.id } as never} className="link">
                    {t('ck.launchPlan')}
                  </Link>
                </>
              )}
            </dd>
          </>
        )}
        <dt>{t('ck.level')}</dt>
        <dd>{t(`ck.level.${view.level}`)}</dd>
        <dt>{t('ck.phase')}</dt>
        <dd>{t('ck.phaseOf', { phase: t(`ck.phase.${view.phase}`), n: PHASES.indexOf(view.phase) + 1 })}</dd>
        <dt>{t('ck.template')}</dt>
        <dd>
          <Link
            to="/checklists/templates/$template"
            params={{ template: template.id } as never}
            className="link"
          >
            {t('ck.templateAt', { name: template.name, n: template.version })}
          </Link>
          {template.newest > template.version && (
            <>
              {' · '}
              <button type="button" className="link-btn" onClick={() => setOpen({ what: 'newer' })}>
                {t('ck.templateNewer', { n: template.newest })}
              </button>
            </>
          )}
        </dd>
      </dl>
      {may.answer && (
        <button type="button" className="btn ghost sm ck-set" onClick={() => setOpen({ what: 'settings' })}>
          <SlidersHorizontal size={14} aria-hidden />
          {t('ck.settings')}
        </button>
      )}
    </>
  );
}
