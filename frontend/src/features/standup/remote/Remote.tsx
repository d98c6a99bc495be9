import {
  ArrowRightLeft,
  ChevronLeft,
  ChevronRight,
  CircleParking,
  HandHelping,
  NotebookPen,
  OctagonX,
  SkipForward,
  Users,
  Wifi,
  WifiOff,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Face } from '../../../api/types';
import type { Connection } from '../../../live/types';
import { DiscIcon } from '../../../ui/DiscIcon';
import * as acts from '../acts';
import { t } from '../messages';
import { Settle } from '../parked/Settle';
import type { Meeting, Named, StandupView } from '../types';
import type { Standup } from '../use-standup';
import { type BoardFacts, boxTone, cardsOf, comingUp, here, minutes, stepBeside, stepNow } from '../walk';
import './remote.css';
import { PassSheet } from './PassSheet';
import { RemoteStep } from './RemoteStep';
import { EndSheet, HelpSheet, NoteSheet, ParkSheet } from './Sheets';
import { WhoSheet } from './WhoSheet';

export interface RemoteProps {
  standup: Standup;
  view: StandupView;
  board: BoardFacts;
  connection: Connection;
  now: number;
  me: Named;
  /** Whoever else pressed last, in words. */
  said?: string;
  /** The board's own doors; notes become comments. */
  onBlock: (cardId: string) => void;
  onMove: (cardId: string) => void;
  onNote: (cardId: string, text: string) => void;
}

type Sheet = 'help' | 'park' | 'note' | 'end' | 'who' | 'pass';

/** Ten milliseconds in the hand for each tap that counts. */
const felt = () => void navigator.vibrate?.(10);

/** A phone that drives the walk: one tap, one step, whatever the network does. */
export function Remote(props: RemoteProps) {
  const { standup, view, board, now, me } = props;
  const [sheet, setSheet] = useState<Sheet>();
  const [picked, setPicked] = useState<string>();
  const meeting = view.meeting;
  if (!meeting) return null;
  const { act, taps } = standup;
  const tap = (make: Parameters<Standup['act']>[0]) => {
    if (act(make)) felt();
  };
  const step = stepNow(meeting);
  const turn = step?.kind === 'person';
  const inHand = turn ? cardsOf(board, step.person?.id) : [];
  const card = turn
    ? (inHand.find((c) => c.id === picked) ?? inHand[0])
    : step?.cardId
      ? board.card(step.cardId)
      : undefined;
  const helpers = turn
    ? (meeting.helping?.find((h) => h.cardId === card?.id)?.people ?? [])
    : (step?.helpers ?? []);
  const open = view.parked.filter((p) => !p.outcome).length;
  const close = () => setSheet(undefined);
  const sixteenth = meeting.state === 'sixteenth';
  return (
    <>
      <div className="rm">
        <Head
          {...props}
          meeting={meeting}
          onWho={() => setSheet('who')}
          onTake={() => tap((v) => acts.drive(v, me))}
        />
        {sixteenth ? (
          <Settle view={view} take={standup.take} />
        ) : (
          step && (
            <RemoteStep
              meeting={meeting}
              view={view}
              step={step}
              card={card}
              board={board}
              now={now}
              onHelp={(person, helps) => card && tap((v) => acts.help(v, card.id, person, helps))}
              onHealthy={(shown) => tap((v) => acts.showHealthy(v, shown))}
              onPick={setPicked}
            />
          )
        )}
        {!sixteenth && (
          <div className="rm-a">
            <Act icon={<HandHelping />} disabled={!card} onClick={() => setSheet('help')}>
              {t('rm.help')}
            </Act>
            <Act icon={<CircleParking />} count={open} onClick={() => setSheet('park')}>
              {t('rm.park')}
            </Act>
            <Act
              icon={<OctagonX />}
              disabled={!card}
              pressed={Boolean(card?.blockers.length)}
              onClick={() => card && props.onBlock(card.id)}
            >
              {t('rm.blocked')}
            </Act>
            <Act icon={<ArrowRightLeft />} disabled={!card} onClick={() => card && props.onMove(card.id)}>
              {t('rm.move')}
            </Act>
          </div>
        )}
        <footer>
          {!sixteenth && <Coming meeting={meeting} board={board} />}
          {sixteenth ? (
            <div className="rm-g">
              <button
                type="button"
                className="back"
                aria-label={t('rm.backToWalk')}
                onClick={() => tap(acts.back)}
              >
                <ChevronLeft size={28} aria-hidden />
              </button>
              <button type="button" className="next" onClick={() => (open ? setSheet('end') : tap(acts.end))}>
                {t('rm.end')}
              </button>
            </div>
          ) : (
            <>
              <div className="rm-g">
                <button
                  type="button"
                  className="back"
                  aria-label={t('rm.back')}
                  disabled={!stepBeside(meeting, -1)}
                  onClick={() => tap(acts.back)}
                >
                  <ChevronLeft size={28} aria-hidden />
                </button>
                <button type="button" className="next" onClick={() => tap((v) => acts.forward(v))}>
                  {stepBeside(meeting, 1) ? t('rm.next') : t('rm.finish')}
                  <ChevronRight size={28} aria-hidden />
                </button>
              </div>
              <div className="rm-x">
                <button
                  type="button"
                  disabled={step?.kind !== 'card' && !turn}
                  onClick={() => tap((v) => acts.forward(v, true))}
                >
                  <SkipForward size={18} aria-hidden />
                  {t('rm.skip')}
                </button>
                {meeting.mode === 'round_robin' ? (
                  <button type="button" disabled={step?.kind === 'anything'} onClick={() => setSheet('pass')}>
                    {t('rm.pass')}
                  </button>
                ) : (
                  <button type="button" onClick={() => tap(acts.oneMinuteMore)}>
                    {t('rm.minute')}
                  </button>
                )}
                <button type="button" disabled={!card} onClick={() => setSheet('note')}>
                  <NotebookPen size={17} aria-hidden />
                  {t('rm.note')}
                </button>
                <button type="button" onClick={() => setSheet('end')}>
                  {t('rm.end')}
                </button>
              </div>
            </>
          )}
        </footer>
        <p className="sr">{taps.waiting > 0 && t('rm.kept', { n: taps.waiting })}</p>
      </div>
      {sheet === 'help' && card && step && (
        <HelpSheet
          board={board}
          helpers={helpers}
          meeting={meeting}
          card={card}
          onPick={(person, helps) => tap((v) => acts.help(v, card.id, person, helps))}
          onClose={close}
        />
      )}
      {sheet === 'park' && (
        <ParkSheet
          view={view}
          card={card}
          board={board}
          onPark={(text, people, about) => {
            tap((v) => acts.park(v, { text, people, card: about && asNamed(about) }, me));
            close();
          }}
          onClose={close}
        />
      )}
      {sheet === 'pass' && (
        <PassSheet
          meeting={meeting}
          board={board}
          onPass={(person) => {
            tap((v) => acts.pass(v, person));
            close();
          }}
          onClose={close}
        />
      )}
      {sheet === 'note' && card && (
        <NoteSheet
          card={card}
          onNote={(text) => {
            props.onNote(card.id, text);
            felt();
            close();
          }}
          onClose={close}
        />
      )}
      {sheet === 'who' && (
        <WhoSheet
          teamId={view.series.teamId}
          meeting={meeting}
          act={(make) => {
            tap(make);
            return true;
          }}
          onClose={close}
        />
      )}
      {sheet === 'end' && (
        <EndSheet
          parked={view.parked}
          sixteenth={sixteenth}
          onFinish={() => {
            tap(acts.finish);
            close();
          }}
          onEnd={() => {
            tap(acts.end);
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

const asNamed = (c: Face) => ({ id: c.id, key: c.key, title: c.title });

function Head({
  standup,
  view,
  meeting,
  connection,
  now,
  me,
  said,
  onWho,
  onTake,
}: RemoteProps & { meeting: Meeting; onWho: () => void; onTake: () => void }) {
  const ms = now - Date.parse(meeting.startedAt);
  const of = minutes(meeting.boxSeconds * 1000);
  const { waiting, trying } = standup.taps;
  const away = trying || connection.state === 'offline' || connection.state === 'reconnecting';
  const mine = meeting.driver?.id === me.id;
  return (
    <>
      <header>
        <div>
          <h1>{view.series.name}</h1>
          <p data-away={away || undefined}>
            {away ? <WifiOff size={14} aria-hidden /> : <Wifi size={14} aria-hidden />}
            <span>
              {away
                ? waiting
                  ? t('rm.tryingKept', { n: waiting })
                  : t('rm.trying')
                : (said ??
                  (mine
                    ? t('rm.youDrive')
                    : meeting.driver
                      ? t('rm.drives', { name: meeting.driver.name.split(' ')[0] ?? '' })
                      : t('rm.nobodyDrives')))}
            </span>
          </p>
        </div>
        <button
          type="button"
          className="rm-who"
          aria-label={t('rm.who', { n: here(meeting) })}
          onClick={onWho}
        >
          <Users size={17} aria-hidden /> {here(meeting)}
        </button>
        {!mine && (
          <button type="button" className="rm-take" onClick={onTake}>
            {t('rm.take')}
          </button>
        )}
        <div className="rm-t" role="timer" aria-label={t('su.clock', { minutes: minutes(ms), box: of })}>
          <b>{minutes(ms)}</b>
          <span>{t('su.of', { box: of })}</span>
        </div>
      </header>
      <svg
        className="rm-p"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        data-t={boxTone(ms, meeting.boxSeconds)}
      >
        <rect width="100" height="4" fill="var(--line)" />
        <rect width={Math.min(100, ms / (meeting.boxSeconds * 10))} height="4" fill="currentColor" />
      </svg>
    </>
  );
}

function Act({
  icon,
  children,
  count = 0,
  pressed,
  disabled,
  onClick,
}: {
  icon: ReactNode;
  children: ReactNode;
  count?: number;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <button type="button" aria-pressed={pressed || undefined} disabled={disabled} onClick={onClick}>
      {icon}
      {children}
      {count > 0 && <i>{count}</i>}
    </button>
  );
}

/** One line: what the next tap brings. */
function Coming({ meeting, board }: { meeting: Meeting; board: BoardFacts }) {
  const next = stepBeside(meeting, 1);
  const card = comingUp(meeting, board).find((x) => x.step === next)?.card;
  return (
    <p className="rm-n">
      {t('su.nextHead')}{' '}
      {card ? (
        <>
          <DiscIcon d={card.discipline} size={16} decorative /> <span className="key">{card.key}</span>{' '}
          <span>{card.title}</span>
        </>
      ) : (
        <span>
          {next?.person
            ? next.person.name
            : next?.kind === 'healthy'
              ? t('su.healthyTitle', { n: meeting.healthy?.length ?? 0 })
              : next
                ? t('su.anythingTitle')
                : t('rm.theEnd')}
        </span>
      )}
    </p>
  );
}
