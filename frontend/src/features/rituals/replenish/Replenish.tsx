import { ListOrdered } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import type { Face } from '../../../api/types';
import { useKeys } from '../../../lib/keys';
import { Top } from '../../../lib/page';
import { type BoardStore, useOpenBoard } from '../../../live';
import { useBoardFacts } from '../../../live/board-facts';
import { ConfirmButton } from '../../../ui/ConfirmButton';
import { EmptyState } from '../../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { Clock } from '../Clock';
import { t } from '../messages';
import { People } from '../People';
import type { RitualView, Sitting } from '../types';
import type { Ritual } from '../use-ritual';
import { Because } from './Because';
import { Candidate } from './Candidate';
import { MoveAsk } from './MoveAsk';
import { Options } from './Options';
import { cardsIn, roomIn, type Ways, waysOf } from './queue';
import { Mix, Room, Waiting } from './Room';
import './replenish.css';
import { useMoves } from './use-moves';

interface Props {
  ritual: Ritual;
  view: RitualView;
  sitting: Sitting;
  canWork: boolean;
  me: string;
}

/** Orders what comes next, on the board itself: everybody sees the same queue and says yes or not yet to its cards. */
export function Replenish(p: Props) {
  const store = useOpenBoard(p.view.series.boardId);
  const ready = useBoardFacts(store);
  if (!store || !ready)
    return (
      <AfterAWhile>
        <div className="page-in rp" aria-busy="true">
          <Bone width="100%" height={320} radius={10} />
        </div>
      </AfterAWhile>
    );
  const ways = waysOf(store.columns(), p.sitting.replenishment?.queueId);
  return ways ? <Table {...p} store={store} ways={ways} /> : <NoQueue {...p} />;
}

function End({ ritual, canWork }: Pick<Props, 'ritual' | 'canWork'>) {
  if (!canWork) return null;
  return (
    <Top place="action">
      <ConfirmButton
        className="btn"
        title={t('rp.commitSure')}
        text={t('rp.commitText')}
        verb={t('rp.commitVerb')}
        calm
        run={() => ritual.ask('end')}
      >
        {t('rp.commit')}
      </ConfirmButton>
    </Top>
  );
}

function NoQueue(p: Props) {
  return (
    <>
      <End {...p} />
      <EmptyState icon={<ListOrdered size={28} />} title={t('rp.noQueue')}>
        {t('rp.noQueueText')}
      </EmptyState>
    </>
  );
}

function Table({
  ritual,
  view,
  sitting,
  canWork,
  me,
  store,
  ways,
}: Props & { store: BoardStore; ways: Ways }) {
  const moves = useMoves(store);
  const list = useRef<HTMLOListElement>(null);
  const want = useRef<string>(undefined);
  const [because, setBecause] = useState<Face>();
  const cards = cardsIn(store, ways.queue.id);
  const words = sitting.replenishment?.words ?? [];
  const room = roomIn(store, ways.behind[0]);
  const line = room === undefined ? -1 : Math.max(0, room);

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-id]') ?? [])];
  const seat = (id: string | undefined) => {
    const row = rows().find((r) => r.dataset.id === id);
    row?.querySelector<HTMLElement>('.rp-title')?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };
  const here = () => (document.activeElement?.closest('[data-id]') as HTMLElement | null)?.dataset.id;
  const current = () => cards.find((c) => c.id === here());
  const step = (by: number) => {
    const at = cards.findIndex((c) => c.id === here());
    seat(cards[at < 0 ? 0 : Math.max(0, Math.min(cards.length - 1, at + by))]?.id);
  };
  const shift = (by: number) => {
    const card = current();
    if (!card || !canWork) return;
    const at = cards.indexOf(card) + by;
    if (at < 0 || at >= cards.length) return;
    want.current = card.id;
    moves.move(card, ways.queue.id, at);
  };
  // A row that changes its place loses the focus in some browsers: it is given back.
  useEffect(() => {
    if (!want.current) return;
    if (document.activeElement === document.body || here() === want.current) seat(want.current);
    if (here() === want.current) want.current = undefined;
  });
  const say = (card: Face, says: 'yes' | 'not_yet' | '') => {
    if (says === 'not_yet') setBecause(card);
    else void ritual.ask('say', { cardId: card.id, says });
  };
  const onCurrent = (fn: (card: Face) => void) => () => {
    const card = current();
    if (card) fn(card);
  };
  useKeys(t('ri.keys'), [
    { keys: ['j', 'ArrowDown', 'Space'], label: t('rp.key.next'), run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: t('rp.key.back'), run: () => step(-1) },
    { keys: 'Shift+ArrowUp', label: t('rp.key.up'), run: () => shift(-1) },
    { keys: 'Shift+ArrowDown', label: t('rp.key.down'), run: () => shift(1) },
    { keys: 'y', label: t('rp.key.yes'), run: onCurrent((c) => say(c, 'yes')) },
    { keys: 'n', label: t('rp.key.no'), run: onCurrent((c) => say(c, 'not_yet')) },
  ]);

  const back = ways.before.at(-1);
  const lineRow = (
    <li className="rp-line" data-full={line === 0 || undefined}>
      <span>{t('rp.line', { n: line })}</span>
    </li>
  );
  return (
    <div className="page-in rp">
      <End ritual={ritual} canWork={canWork} />
      <div className="rp-main-col">
        <div className="rp-head">
          <h2>
            {t('rp.ready', { column: ways.queue.name })} <span className="num quiet">{cards.length}</span>
          </h2>
          <p className="small quiet rp-hint">{t('rp.hint')}</p>
        </div>
        {cards.length === 0 ? (
          <EmptyState icon={<ListOrdered size={28} />} title={t('rp.empty', { column: ways.queue.name })}>
            {t('rp.emptyText')}
          </EmptyState>
        ) : (
          <ol ref={list} className="rp-list">
            {line === 0 && lineRow}
            {cards.map((c, i) => (
              <Fragment key={c.id}>
                <Candidate
                  card={c}
                  boardId={store.boardId}
                  zone={store.board().timeZone}
                  n={i + 1}
                  of={cards.length}
                  words={words.filter((w) => w.cardId === c.id)}
                  mine={words.find((w) => w.cardId === c.id && w.personId === me)}
                  canWork={canWork}
                  back={back}
                  onSay={(says) => say(c, says)}
                  onMove={(to) => moves.move(c, ways.queue.id, to)}
                  onBack={() => back && moves.move(c, back.id)}
                  onDropped={(id, after) => {
                    const card = store.card(id);
                    const others = cards.filter((x) => x.id !== id);
                    if (card) moves.move(card, ways.queue.id, others.indexOf(c) + (after ? 1 : 0));
                  }}
                />
                {i + 1 === line && lineRow}
              </Fragment>
            ))}
          </ol>
        )}
        {ways.before.length > 0 && (
          <Options store={store} ways={ways} canWork={canWork} onTake={(c) => moves.move(c, ways.queue.id)} />
        )}
      </div>
      <aside className="rp-side" aria-label={view.series.name}>
        <Clock sitting={sitting} />
        <Room store={store} ways={ways} />
        <People sitting={sitting} ritual={ritual} canWork={canWork} />
        <Mix store={store} ways={ways} />
        <Waiting store={store} ways={ways} />
      </aside>
      {moves.asked && (
        <MoveAsk
          asked={moves.asked}
          teamId={view.series.teamId}
          onClose={moves.answered}
          onSend={(to) => {
            const { card } = moves.asked!;
            moves.answered();
            void moves.send(card, to);
          }}
        />
      )}
      {because && (
        <Because
          card={because}
          was={words.find((w) => w.cardId === because.id && w.personId === me)?.because}
          onClose={() => setBecause(undefined)}
          onSay={(text) => ritual.ask('say', { cardId: because.id, says: 'not_yet', because: text })}
        />
      )}
    </div>
  );
}
