import { Check, OctagonX, PhoneCall } from 'lucide-react';
import type { Face, Person } from '../../../api/types';
import { AgeBars } from '../../../ui/Age';
import { Avatar } from '../../../ui/Avatar';
import { DiscIcon } from '../../../ui/DiscIcon';
import { t } from '../messages';
import { briefLines } from '../screen/Brief';
import type { Meeting, Named, StandupView, Step } from '../types';
import { ageNow, type BoardFacts, blockedFor, cardCount, cardsOf, NAMED, promptOf, whySaid } from '../walk';

interface Props {
  meeting: Meeting;
  view: StandupView;
  step: Step;
  card: Face | undefined;
  board: BoardFacts;
  now: number;
  onHelp: (person: Named, helps: boolean) => void;
  onHealthy: (open: boolean) => void;
  /** Of a round: chooses the card that is spoken about. */
  onPick: (cardId: string) => void;
}

/** What the wall shows, as much of it as a hand needs. */
export function RemoteStep(props: Props) {
  const { meeting, view, step, card, board, onHealthy } = props;
  if (step.kind === 'card') return <CardStep {...props} />;
  if (step.kind === 'person') return <TurnStep {...props} />;
  if (step.kind === 'brief')
    return (
      <article>
        <h2>{t('su.brief')}</h2>
        <ul className="rm-l">
          {(meeting.brief ? briefLines(meeting.brief) : []).map(({ icon: Icon, tone, head, text }) => (
            <li key={head} data-t={tone}>
              <Icon size={17} aria-hidden />
              <span>
                <b>{head}</b> {text}
              </span>
            </li>
          ))}
          {view.onCall.map((o) => (
            <li key={`${o.role}${o.service}${o.name}`}>
              <PhoneCall size={17} aria-hidden />
              <span>
                <b>{o.name}</b>{' '}
                {[t('su.onCall').toLowerCase(), t(`su.role.${o.role}`), o.service].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
        </ul>
        <p className="rm-q">{t('rm.briefAsk')}</p>
      </article>
    );
  if (step.kind === 'healthy') {
    const cards = (meeting.healthy ?? []).flatMap((id) => board.card(id) ?? []);
    return (
      <article>
        <h2>{t('su.healthyTitle', { n: cards.length })}</h2>
        <button
          type="button"
          className="rm-open"
          aria-pressed={meeting.healthyOpen}
          onClick={() => onHealthy(!meeting.healthyOpen)}
        >
          {t(meeting.healthyOpen ? 'rm.healthyHide' : 'rm.healthyShow')}
        </button>
        <ul className="rm-l">
          {cards.map((c) => (
            <li key={c.id}>
              <DiscIcon d={c.discipline} size={17} decorative />
              <span>
                <span className="key">{c.key}</span> {c.title}
              </span>
            </li>
          ))}
        </ul>
        <p className="rm-q">{promptOf(step, card)}</p>
      </article>
    );
  }
  return (
    <article>
      <h2>{t('su.anythingTitle')}</h2>
      <p className="rm-c">{t('su.ask.anything')}</p>
      <ul className="rm-l">
        {view.parked
          .filter((p) => !p.outcome)
          .map((p) => (
            <li key={p.id}>
              <span>
                {p.cardKey && <span className="key">{p.cardKey} </span>}
                {p.text || p.cardTitle}
              </span>
            </li>
          ))}
      </ul>
      <p className="rm-q">{t('su.ask.anythingOps')}</p>
    </article>
  );
}

/** Whose turn it is. One of their cards is chosen; what the buttons do is done to that one. */
function TurnStep({ meeting, step, card, board, now, onPick }: Props) {
  const person = board.people().get(step.person?.id ?? '');
  const cards = cardsOf(board, step.person?.id);
  return (
    <article>
      <p className="rm-k">
        {person && <DiscIcon d={person.discipline} size={20} solid />}
        <span>{t('su.round')}</span>
        <span className="step">{t('su.step', cardCount(meeting))}</span>
      </p>
      <h2 className="rm-turn">
        {person && <Avatar person={person} size={42} decorative />}
        {step.person?.name}
      </h2>
      {cards.length === 0 && <p className="rm-c">{t('su.turnNone')}</p>}
      <ul className="rm-cards">
        {cards.map((c) => {
          const helpers = meeting.helping?.find((h) => h.cardId === c.id)?.people ?? [];
          return (
            <li key={c.id}>
              <button type="button" aria-pressed={c.id === card?.id} onClick={() => onPick(c.id)}>
                <span>
                  <span className="key">{c.key}</span> {c.title}
                </span>
                <small>
                  {[
                    c.blockers.length > 0 && blockedFor(c, board, now),
                    helpers.length > 0 && `+ ${helpers.map((h) => h.name.split(' ')[0]).join(', ')}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="rm-q">{t('su.ask.turn')}</p>
    </article>
  );
}

const FACES = 5;

function CardStep({ meeting, step, card, board, now, onHelp }: Props) {
  const count = t('su.step', cardCount(meeting));
  if (!card)
    return (
      <article>
        <p className="rm-k">
          <span className="step">{count}</span>
        </p>
        <h2>{t('su.gone')}</h2>
        <p className="rm-c">{t('su.goneText')}</p>
      </article>
    );
  const columns = board.columns();
  const at = columns.findIndex((c) => c.id === card.columnId);
  const owner = board.people().get(card.ownerIds[0] ?? '');
  const age = ageNow(card, board, now);
  const helpers = new Set((step.helpers ?? []).map((h) => h.id));
  return (
    <article>
      <p className="rm-k">
        {[card.discipline, ...card.involves].map((d, i) => (
          <DiscIcon key={d} d={d} size={i ? 18 : 20} solid={i === 0} />
        ))}
        <span className="key">{card.key}</span>
        {step.reason && NAMED.has(step.reason) && (
          <b className="why">{whySaid(step, card, board, now).text}</b>
        )}
        <span className="step">{count}</span>
      </p>
      <h2>{card.title}</h2>
      <p className="rm-c">
        {t('su.in')} <b>{columns[at]?.name}</b>
        {columns[at + 1] && ` · ${t('su.next', { column: columns[at + 1]!.name })}`}
      </p>
      {card.blockers[0] && (
        <p className="rm-b hatch">
          <OctagonX size={17} aria-hidden />
          <span>
            <b>{blockedFor(card, board, now)}</b> · {card.blockers[0].reason}
          </span>
        </p>
      )}
      <p className="rm-m">
        {owner && <Avatar person={owner} size={30} decorative />}
        <span>{owner?.name.split(' ')[0] ?? t('su.nobody')}</span>
        {!('word' in age) && (
          <em data-over={age.over || undefined}>
            <AgeBars level={age.level} height={15} /> {t('rm.days', { n: age.days })}{' '}
            {age.sle && <span>{t('rm.ofDays', { n: age.sle.days })}</span>}
          </em>
        )}
      </p>
      <p className="rm-q">{promptOf(step, card)}</p>
      <ul className="rm-h" aria-label={t('rm.helpers')}>
        {candidates(meeting, board, card, step)
          .slice(0, FACES)
          .map((p) => (
            <li key={p.id}>
              <button
                type="button"
                aria-pressed={helpers.has(p.id)}
                aria-label={t('rm.helpsWith', { name: p.name, key: card.key })}
                onClick={() => onHelp({ id: p.id, name: p.name }, !helpers.has(p.id))}
              >
                <span className="face">
                  <Avatar person={p} size={42} decorative />
                  {helpers.has(p.id) && (
                    <i>
                      <Check size={12} strokeWidth={3} aria-hidden />
                    </i>
                  )}
                </span>
                {p.name.split(' ')[0]}
                <small aria-hidden>{helpers.has(p.id) ? t('rm.helps') : '\u00a0'}</small>
              </button>
            </li>
          ))}
      </ul>
    </article>
  );
}

const NEAR = { joined: 3, here: 2, away: 0 } as const;

/** Who could help: who helps already, then who is here and on call or liaison, then the others of the board. */
export function candidates(meeting: Meeting, board: BoardFacts, card: Face, step: Step): Person[] {
  const helps = new Set((step.helpers ?? []).map((h) => h.id));
  const there = new Map(meeting.attendance.people.map((p) => [p.personId, p]));
  const weight = (p: Person) => {
    const a = there.get(p.id);
    const here = a ? NEAR[a.state] + (a.role === 'on_call' || a.role === 'liaison' ? 1 : 0) : 0;
    const fits = [card.discipline, ...card.involves].includes(p.discipline) ? 1 : 0;
    return (helps.has(p.id) ? 20 : 0) + here * 2 + fits;
  };
  return [...board.people().values()]
    .filter((p) => p.active && (!card.ownerIds.includes(p.id) || helps.has(p.id)))
    .sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name));
}
