import { Link } from '@tanstack/react-router';
import { ArrowUpRight, Repeat2 } from 'lucide-react';
import { useData } from '../../lib/data';
import { RunBy } from '../../ui/RunBy';
import { Evidence } from './Evidence';
import { t } from './messages';
import { isRenewable } from './proof';
import { Reasons } from './Reasons';
import { useRoom } from './room';
import './services.css';
import { hasAnswered, inherits, isStampable, isThere, toDoThere } from './state';
import type { Checklist, Item, ServiceAnswer } from './types';
import { Nobody, Who } from './Who';
import { kindWords, nameOf, shortDay, understoodWords } from './words';

/** A service that the checklist names: the way to it, who runs it, and why. */
export function ServiceFact({ service }: { service: Checklist['services'][number] }) {
  const { data } = useData<Parameters<typeof RunBy>[0]['service']>(
    service.archived ? null : `/services/${service.id}`,
  );
  return (
    <div className="ck-svc-fact">
      <Link to="/services/$service" params={{ service: service.id } as never} className="link">
        {nameOf(service)}
      </Link>
      {data && <RunBy service={data} />}
    </div>
  );
}

/** What services answer: one reads like an own answer, several stand one below the other, each with what it lacks. */
export function Services({
  item,
  clamp,
  acts,
  paper,
}: {
  item: Item;
  clamp?: boolean;
  acts?: boolean;
  paper?: boolean;
}) {
  const { services = [] } = item;
  // beside an own answer, and of a service that was put away, only what there is
  const shown = services.filter((s) => (inherits(item) && isThere(s)) || hasAnswered(s));
  const [first] = shown;
  if (!first) return null;
  if (shown.length === 1 && (services.length === 1 || isThere(first)))
    return <Alone s={first} item={item} clamp={clamp} paper={paper} />;
  return (
    <ul className="ck-svcs" aria-label={t('ck.svc.many', { n: shown.length })}>
      {shown.map((s) => (
        <li
          key={s.service.id}
          data-open={(inherits(item) && s.why) || undefined}
          data-gone={!isThere(s) || undefined}
        >
          <p className="ck-svc-h">
            <Repeat2 size={13} aria-hidden />
            <b>{s.service.name}</b>
            <i data-t={toneOf(s, item)}>{wordOf(s, item)}</i>
            {acts && <Act s={s} item={item} />}
          </p>
          <Evidence of={s} clamp={clamp} />
          <Reasons of={s} paper={paper} />
          {!clamp && hasAnswered(s) && <p className="ck-help">{signedWords(s)}</p>}
          <Without s={s} item={item} />
        </li>
      ))}
    </ul>
  );
}

function Alone({
  s,
  item,
  clamp,
  paper,
}: {
  s: ServiceAnswer;
  item: Item;
  clamp?: boolean;
  paper?: boolean;
}) {
  const { live, may } = useRoom();
  return (
    <>
      <Evidence of={s} clamp={clamp} />
      <Reasons of={s} paper={paper} />
      <Without s={s} item={item} />
      <span className="pill ck-from" data-t="acc">
        <Repeat2 size={13} aria-hidden />
        <span>
          {item.differs && isThere(s) ? t('ck.fromServiceBeside', { name: s.service.name }) : sentenceOf(s)}
          {(!hasAnswered(s) ||
            (!item.differs &&
              s.why &&
              !isStampable(s) &&
              !(s.why === 'to_understand' && toDoThere(item, live.me, may)))) && (
            <>
              {' '}
              <There s={s} item={item} />
            </>
          )}
        </span>
      </span>
    </>
  );
}

function Without({ s: { without }, item }: { s: ServiceAnswer; item: Item }) {
  return (
    without && (
      <p className="ck-help">
        {t('ck.withoutBy', {
          kinds: kindWords(item.evidence),
          name: without.person.name,
          text: without.text,
        })}
      </p>
    )
  );
}

/** How one service's answer stands here, as a sentence. */
function sentenceOf(s: ServiceAnswer): string {
  const { name } = s.service;
  if (!isThere(s)) return t('ck.fromServiceArchived', { name });
  if (!hasAnswered(s)) return t(s.notAsked ? 'ck.fromServiceNotAsked' : 'ck.fromServiceNone', { name });
  if (isStampable(s)) return t(s.changed ? 'ck.fromServiceChanged' : 'ck.fromService', { name });
  if (s.why) return t('ck.fromServiceWhy', { name, why: t(`ck.why.${s.why}`) });
  return s.stillTrue
    ? t('ck.stillTrueBy', { name: s.stillTrue.person.name, date: shortDay(s.stillTrue.at) })
    : t('ck.fromService', { name });
}

/** The same in some words, beside its name. */
function wordOf(s: ServiceAnswer, item: Item): string {
  if (!isThere(s)) return t('ck.svc.archived');
  if (item.differs) return t('ck.svc.differs');
  if (!hasAnswered(s)) return t(s.notAsked ? 'ck.svc.notAsked' : 'ck.svc.none');
  if (isStampable(s)) return t(s.changed ? 'ck.svc.changed' : 'ck.svc.still');
  if (s.why) return t(`ck.why.${s.why}`);
  return s.stillTrue
    ? t('ck.svc.stillBy', { name: s.stillTrue.person.name, date: shortDay(s.stillTrue.at) })
    : '';
}
const toneOf = (s: ServiceAnswer, item: Item) =>
  item.differs || !s.why
    ? undefined
    : s.why === 'stale' || s.why === 'pushed_back' || s.why === 'gap_over'
      ? 'bad'
      : 'open';

/** Who stands behind it, and until when it is good. */
function signedWords(s: ServiceAnswer): string {
  const words = [
    s.explainedBy &&
      t('ck.svc.explainedBy', { name: s.explainedBy.person.name, date: shortDay(s.explainedBy.at) }),
    s.understoodBy &&
      t(s.understoodBy.for ? 'ck.svc.understoodFor' : 'ck.svc.understoodBy', {
        name: s.understoodBy.person.name,
        other: s.understoodBy.for?.name ?? '',
        date: shortDay(s.understoodBy.at),
      }),
    s.na && t('ck.svc.naBy', { name: s.na.person.name, date: shortDay(s.na.at) }),
    s.gap && t('ck.svc.gapBy', { name: s.gap.person.name, date: shortDay(s.gap.at) }),
    s.gapUntil && !s.gap && t('ck.state.gapUntil', { date: shortDay(s.gapUntil) }),
    s.expiresOn &&
      !s.proof.some((p) => p.expiresOn) &&
      t(s.why === 'stale' ? 'ck.staleSince' : 'ck.goodUntil', { date: shortDay(s.expiresOn) }),
  ].filter(Boolean);
  return words.join(' · ').replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/** The next step with one of several: its stamp, or the way to where it is answered. */
function Act({ s, item }: { s: ServiceAnswer; item: Item }) {
  const { live, may } = useRoom();
  if (!inherits(item) || !isThere(s)) return null;
  if (isStampable(s) && may.answer)
    return (
      <button
        type="button"
        className="btn ghost sm"
        aria-label={t('ck.svc.stillTrueOf', { name: s.service.name })}
        onClick={() => live.act({ do: 'still-true', item: item.key, service: s.service.id })}
      >
        {t('ck.stillTrue')}
      </button>
    );
  return s.why ? <There s={s} item={item} /> : null;
}

/** Where a service answers: its own checklist, at this question; without one the list of services, where it begins. */
export function There({ s, item, button }: { s: ServiceAnswer; item: Item; button?: boolean }) {
  if (s.notAsked) return null;
  const words = (
    <>
      {t(
        s.checklistId
          ? s.why === 'stale' && !isRenewable(s)
            ? 'ck.svc.renew'
            : hasAnswered(s)
              ? 'ck.svc.see'
              : 'ck.svc.there'
          : 'ck.svc.start',
      )}
      <ArrowUpRight size={13} aria-hidden />
    </>
  );
  return s.checklistId ? (
    <Link
      to="/checklists/$checklist"
      params={{ checklist: s.checklistId } as never}
      search={{ item: item.key } as never}
      className={button ? 'btn line sm' : 'link ck-svc-go'}
      aria-label={button ? undefined : t('ck.svc.thereOf', { name: s.service.name, key: item.key })}
    >
      {words}
    </Link>
  ) : (
    <Link to="/services" className="link ck-svc-go">
      {words}
    </Link>
  );
}

export function ExplainedThere({
  services: all,
  must,
  size,
}: {
  services: readonly ServiceAnswer[];
  must: boolean;
  size?: number;
}) {
  const services = all.filter(isThere);
  const { explainedBy: by, na } = (services.length === 1 && services[0]) || {};
  if (by) return <Who person={by.person} sub={t('ck.serviceOn', { date: shortDay(by.at) })} size={size} />;
  if (na) return <Who person={na.person} sub={t('ck.naOn', { date: shortDay(na.at) })} size={size} />;
  const n = services.filter(hasAnswered).length;
  if (services.length > 1 && n > 0) return <Some n={n} of={services.length} word="ck.svc.answered" />;
  return <Nobody word={must ? t('ck.why.to_answer') : t('ck.state.optional')} />;
}

/** Who understood what one service answers; that it is still true for this feature stands below the answer. */
export function UnderstoodThere({
  services: all,
  size,
}: {
  services: readonly ServiceAnswer[];
  size?: number;
}) {
  const services = all.filter(isThere);
  const [s] = services;
  if (services.length > 1)
    return services.some(hasAnswered) ? (
      <Some n={services.filter((x) => !x.why).length} of={services.length} word="ck.svc.true" />
    ) : null;
  if (!s || !hasAnswered(s)) return null;
  if (!s.why && s.understoodBy)
    return <Who person={s.understoodBy.person} sub={understoodWords(s.understoodBy)} size={size} />;
  if (!s.why && s.gap)
    return <Who person={s.gap.person} sub={t('ck.gapOn', { date: shortDay(s.gap.until) })} size={size} />;
  return s.why ? <Nobody word={t(`ck.why.${s.why}`)} /> : null;
}

function Some({ n, of, word }: { n: number; of: number; word: 'ck.svc.answered' | 'ck.svc.true' }) {
  return <span className="ck-svc-n">{t(word, { n, of })}</span>;
}
