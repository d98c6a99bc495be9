import { Archive, ChevronLeft, ChevronRight, Link2, Maximize2, X } from 'lucide-react';
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Face } from '../../api/types';
import { announce } from '../../lib/announce';
import { lazyPart } from '../../lib/lazy';
import { toast } from '../../lib/notify';
import { absolute, relative } from '../../lib/time';
import { type BoardStore, useBoard, usePending, usePresence } from '../../live';
import { DiscIcon } from '../../ui/DiscIcon';
import { AddMenu } from './AddMenu';
import { Blockers } from './Blockers';
import { Comments } from './Comments';
import { Conflicts } from './Conflicts';
import css from './card.module.css';
import { type Asked, attempt, type CardRights, CardRoom, type Room, useRoom, wantsReason } from './context';
import { Description } from './Description';
import { Facts } from './Facts';
import { ParentLine, Parts } from './Family';
import { Fields } from './Fields';
import { Hypothesis } from './Hypothesis';
import { type LimitAsk, LimitReason } from './LimitReason';
import { Links } from './Links';
import { Mirrors } from './Mirrors';
import { t } from './messages';
import { History, Signals } from './Rest';
import { Shown } from './Shown';
import { Loading } from './States';
import { Title } from './Title';
import { Todos } from './Todos';
import type { DetailState } from './use-detail';
import { Waits } from './Waits';
import { Watch } from './Watch';

const Attachments = lazyPart(() => import('./attachments/Attachments').then((m) => m.Attachments));
const Checklists = lazyPart(() => import('./checklists/Checklists').then((m) => m.Checklists));
// Few cards are asks.
const AskPart = lazyPart(() => import('./AskPart').then((m) => m.AskPart));

export interface CardViewProps {
  store: BoardStore;
  face: Face;
  state: DetailState;
  rights: CardRights;
  me: { id: string; name: string };
  /** Opens the dialog that moves this card. */
  onMove?: (cardId: string) => void;
  /** Peek only. */
  onClose?: () => void;
  /** Opens another card of the board in this place. */
  onOpen?: (key: string) => void;
  alone?: boolean;
  step?: { prev?: () => void; next?: () => void };
  page?: ReactNode;
  /** Said above everything else. */
  above?: ReactNode;
  /** Put the focus on the heading when it opens. */
  focus?: boolean;
}

/** A card in full; the same in the panel and on its page. */
export function CardView(props: CardViewProps) {
  const { store, face, state, rights, me, onMove, onOpen, focus = true } = props;
  const { detail } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  const archived = !store.card(face.id);
  const id = face.id;

  const typing = useCallback((on: boolean) => store.at({ cardId: id, editing: on }), [store, id]);
  useEffect(() => {
    store.at({ cardId: id });
    return () => store.at({});
  }, [store, id]);
  // Opening moves the reader to the card; stepping to a neighbour does so again. Nothing live ever does.
  useEffect(() => {
    if (focus && id) heading.current?.focus({ preventScroll: true });
  }, [focus, id]);

  const [ask, setAsk] = useState<LimitAsk>();
  const askReason = useCallback(
    (limit: string) =>
      new Promise<string | undefined>((resolve) =>
        setAsk({
          limit,
          answer: (reason) => {
            setAsk(undefined);
            resolve(reason);
          },
        }),
      ),
    [],
  );

  const [asking, setAsking] = useState<{ id: string; what: Asked | undefined }>();
  const asked = asking?.id === id ? asking.what : undefined;
  const askFor = useCallback(
    (what: Asked | undefined) => {
      setAsking({ id, what });
      if (what) return;
      // What was asked for is given or was left: its field is gone, and the focus must not be.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const around = heading.current?.closest('aside, article');
        (around?.querySelector<HTMLElement>('[data-add]') ?? heading.current)?.focus();
      });
    },
    [id],
  );
  const { again } = state;
  const { work, comment, lead } = rights;
  const room = useMemo<Room>(
    () => ({
      store,
      face,
      detail,
      can: {
        work: work && !archived,
        comment: (comment || face.ask?.byPersonId === me.id) && !archived,
        lead,
      },
      me,
      onMove,
      askReason,
      typing,
      again,
      open: onOpen,
      asked,
      ask: askFor,
    }),
    [
      store,
      face,
      detail,
      work,
      comment,
      lead,
      archived,
      me,
      onMove,
      askReason,
      typing,
      again,
      onOpen,
      asked,
      askFor,
    ],
  );
  return (
    <CardRoom value={room}>
      <Head {...props} archived={archived} />
      <div className={css.body}>
        <Title key={id} headingRef={heading} />
        <ParentLine key={`p${id}`} />
        {props.above}
        <Here id={id} meId={me.id} />
        {archived && detail?.card.archivedAt && <ArchivedNote at={detail.card.archivedAt} may={work} />}
        {!work && !archived && <ReadOnly />}
        <Conflicts />
        <div className={css.columns}>
          <div className={css.top}>
            <Facts key={id} />
          </div>
          <div className={css.main}>
            {face.ask && (
              <Suspense fallback={null}>
                <AskPart key={`a${id}`} />
              </Suspense>
            )}
            {detail ? <Description key={id} /> : state.error ? <Failed state={state} /> : <Loading part />}
            <Hypothesis key={`y${id}`} />
            <Shown key={`d${id}`} />
            <Blockers key={`b${id}`} />
            <Waits key={`w${id}`} />
            <Todos key={`t${id}`} />
            <Suspense fallback={null}>
              <Checklists key={`c${id}`} />
            </Suspense>
            <Parts key={`k${id}`} />
            <Links key={`l${id}`} />
            <Suspense fallback={null}>
              <Attachments key={`a${id}`} />
            </Suspense>
            <AddMenu key={`m${id}`} />
            <Comments key={`c${id}`} />
          </div>
          <div className={css.rest}>
            <Signals />
            <Fields key={`f${id}`} />
            <Mirrors key={`m${id}`} />
            <History key={`h${id}`} />
          </div>
        </div>
      </div>
      {ask && <LimitReason cardKey={face.key} ask={ask} />}
    </CardRoom>
  );
}

function Head(props: CardViewProps & { archived: boolean }) {
  const { store, face, rights, onClose, alone, step, page, archived } = props;
  const waits = usePending(face.id);
  const link = `${window.location.origin}/c/${face.key}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      announce(t('card.copied', { key: face.key }));
      toast({ id: 'card-copied', text: t('card.copied', { key: face.key }), stay: 2500 });
    } catch {
      // The clipboard needs a secure context; the link is shown instead, to be copied by hand.
      toast({ text: t('card.copyFailed', { link }), stay: 12_000 });
    }
  };
  const archive = () => {
    const gone = store.archive(face.id);
    const text = t('card.archived', { key: face.key });
    announce(text);
    toast({
      text,
      stay: 30_000,
      action: {
        label: t('card.undo'),
        run: () => void attempt(gone.then(() => store.restore(face.id, face.columnId))),
      },
    });
    void attempt(gone);
  };
  return (
    <header className={css.head}>
      <DiscIcon d={face.discipline} />
      <span className={css.involved}>
        {face.involves.map((d) => (
          <DiscIcon key={d} d={d} solid={false} />
        ))}
      </span>
      <button
        type="button"
        className={css.key}
        onClick={() => void copy()}
        title={t('card.copy', { key: face.key })}
      >
        <code>{face.key}</code>
        <Link2 size={14} aria-hidden />
        <span className="sr">{t('card.copy', { key: face.key })}</span>
      </button>
      {waits && (
        <span className={css.unsent} role="status">
          {t('card.waiting')}
        </span>
      )}
      <span className={css.grow} />
      {page}
      <Watch key={face.id} />
      {rights.work && !archived && (
        <button
          type="button"
          className={`btn ghost sm ${css.archive}`}
          title={t('card.archive')}
          onClick={archive}
        >
          <Archive size={15} aria-hidden />
          <span className={css.word}>{t('card.archive')}</span>
        </button>
      )}
      {step && (
        <>
          <Act label={t('card.prev')} onClick={step.prev}>
            <ChevronLeft size={17} aria-hidden />
          </Act>
          <Act label={t('card.next')} onClick={step.next}>
            <ChevronRight size={17} aria-hidden />
          </Act>
        </>
      )}
      {onClose && (
        <>
          {!alone && (
            <a
              className={`btn ghost sm icon ${css.toPage}`}
              href={`/c/${face.key}`}
              aria-label={t('card.page')}
              title={t('card.page')}
            >
              <Maximize2 size={15} aria-hidden />
            </a>
          )}
          <Act label={t('card.close')} onClick={onClose}>
            <X size={17} aria-hidden />
          </Act>
        </>
      )}
    </header>
  );
}

function Act({ label, onClick, children }: { label: string; onClick?: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className="btn ghost sm icon"
      aria-label={label}
      title={label}
      aria-disabled={!onClick || undefined}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

/** Who else has this card open, and who is writing in it. */
function Here({ id, meId }: { id: string; meId: string }) {
  const others = usePresence().filter((p) => p.personId !== meId && p.at?.cardId === id);
  if (others.length === 0) return null;
  const writing = others.filter((p) => p.at?.editing);
  return (
    <p className={css.here}>
      {writing.length > 0
        ? writing.map((p) => t('card.editing', { name: p.name })).join(', ')
        : t('card.hereToo', { names: others.map((p) => p.name).join(', ') })}
    </p>
  );
}

function ArchivedNote({ at, may }: { at: string; may: boolean }) {
  const { store, face, askReason } = useRoom();
  const restore = async () => {
    try {
      await store.restore(face.id);
    } catch (error) {
      if (!wantsReason(error)) throw error;
      const reason = await askReason(error.detail);
      if (reason === undefined) return;
      await store.restore(face.id, undefined, reason);
    }
    announce(t('card.restored', { key: face.key }));
  };
  return (
    <p className={css.note} role="status">
      <span title={absolute(at)}>{t('card.archivedBanner', { when: relative(at) })}</span>
      {may && (
        <button type="button" className="btn sm" onClick={() => void attempt(restore())}>
          {t('card.restore')}
        </button>
      )}
    </p>
  );
}

function ReadOnly() {
  const { face, me } = useRoom();
  const asked = face.ask?.byPersonId === me.id;
  const team = useBoard().teamName;
  return <p className={css.quiet}>{t(asked ? 'card.readOnly.asked' : 'card.readOnly', { team })}</p>;
}

function Failed({ state }: { state: DetailState }) {
  return (
    <p className={css.note} role="alert">
      {t('card.failedKnown')} {state.error?.message}
      <button type="button" className="btn line sm" onClick={state.again}>
        {t('card.again')}
      </button>
    </p>
  );
}
