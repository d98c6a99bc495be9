import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronRight, Sparkles } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { api } from '../../lib/api';
import { useData } from '../../lib/data';
import { instant } from '../../lib/local-input';
import { toastError } from '../../lib/notify';
import { PageTitle, Top } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { t } from './messages';
import './list.css';
import type { RetroView, Template } from './types';
import { When } from './When';

const OPTIONAL = ['review_actions', 'checkin', 'group', 'vote', 'close'] as const;
type Optional = (typeof OPTIONAL)[number];

/** What a retro begins with: a board, one of the templates, and whether notes carry names. */
export function NewRetroPage({ state }: { state?: ReactNode }) {
  const me = useMe();
  const navigate = useNavigate();
  const asked = useData<{ items: BoardListItem[] }>('/boards');
  const boards = (asked.data?.items ?? []).filter((b) => hasRight(me, b.teamId, 'worker'));
  const [boardId, setBoardId] = useState('');
  const board = boards.find((b) => b.id === boardId) ?? boards[0];
  const templates = useData<{ items: Template[] }>(board ? `/retro-templates?boardId=${board.id}` : null).data
    ?.items;
  const [key, setKey] = useState('');
  const [title, setTitle] = useState('');
  const [anonymity, setAnonymity] = useState<'named' | 'anonymous'>('anonymous');
  const [without, setWithout] = useState<readonly Optional[]>([]);
  const [until, setUntil] = useState<string>();
  const [late, setLate] = useState(false);
  const [busy, setBusy] = useState(false);
  const chosen = templates?.find((x) => x.key === key) ?? templates?.[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another board suggests something else
  useEffect(() => setKey(''), [board?.id]);
  const start = async () => {
    if (!board || !chosen || busy) return;
    const ends = until === undefined ? undefined : instant(until);
    if (until !== undefined && !(ends && Date.parse(ends) > Date.now())) return setLate(true);
    setBusy(true);
    try {
      const made = await api.post<RetroView>('/retros', {
        boardId: board.id,
        templateKey: chosen.key,
        anonymity,
        ...(ends ? { opensUntil: ends } : {}),
        ...(title.trim() ? { title: title.trim() } : {}),
        ...(without.length ? { phases: without.map((p) => ({ key: p, enabled: false })) } : {}),
      });
      await navigate({ to: '/retro/$retro', params: { retro: made.retro.id } as never, replace: true });
    } catch (error) {
      toastError(error);
      setBusy(false);
    }
  };
  const suggested = templates?.filter((x) => x.suggested) ?? [];
  const own = templates?.filter((x) => x.teamId && !x.suggested) ?? [];
  const others = templates?.filter((x) => !x.suggested && !x.teamId) ?? [];
  return (
    <div className="page">
      <PageTitle title={t('rl.new')} crumb={<Link to="/retro">{t('rt.title')}</Link>} />
      <Top place="state">{state}</Top>
      {chosen && (
        <Top place="action">
          <button type="button" className="btn" data-busy={busy || undefined} onClick={() => void start()}>
            {t(until === undefined ? 'rl.go' : 'rl.openIt')}
            <ChevronRight size={16} aria-hidden />
          </button>
        </Top>
      )}
      {asked.data && boards.length === 0 && (
        <EmptyState
          title={t('rl.noBoards')}
          action={
            <Link to="/boards" className="btn line">
              {t('rl.boards')}
            </Link>
          }
        >
          {t('rl.noBoardsText')}
        </EmptyState>
      )}
      {board && (
        <div className="page-in rl-new">
          <div className="rl-pick">
            <div className="rl-board">
              <label htmlFor="rl-board">{t('rl.board')}</label>
              <select
                id="rl-board"
                className="input"
                value={board.id}
                onChange={(e) => setBoardId(e.target.value)}
              >
                {boards.map((b) => (
                  <option key={b.id} value={b.id}>
                    {b.teamName === b.name ? b.name : `${b.teamName}, ${b.name}`}
                  </option>
                ))}
              </select>
              <Link to="/retro/templates" className="rl-to">
                {t('rl.templates')}
              </Link>
            </div>
            {!templates && (
              <AfterAWhile>
                <div className="rl-wait" aria-busy="true">
                  <Bone width="100%" height={96} radius={10} />
                  <Bone width="100%" height={240} radius={10} />
                </div>
              </AfterAWhile>
            )}
            {templates && (
              <div role="radiogroup" aria-label={t('rl.template')} className="rl-all">
                {suggested.length > 0 && <h2 className="h2">{t('rl.suggested')}</h2>}
                <Cards list={suggested} chosen={chosen} onChoose={setKey} />
                {own.length > 0 && <h2 className="h2">{t('rl.own')}</h2>}
                <Cards list={own} chosen={chosen} onChoose={setKey} />
                <h2 className="h2">{t(suggested.length || own.length ? 'rl.all' : 'rl.template')}</h2>
                <Cards list={others} chosen={chosen} onChoose={setKey} />
              </div>
            )}
          </div>
          {chosen && (
            <aside className="rl-side" aria-label={chosen.name}>
              <section className="panel rl-pad">
                <h2 className="rl-name">{chosen.name}</h2>
                <p className="small quiet">{chosen.whenToUse}</p>
                <h3 className="h2">{t('rl.asked')}</h3>
                <dl className="rl-cols">
                  {chosen.columns.map((c) => (
                    <div key={c.key}>
                      <dt>
                        <i className="rt-dot" data-c={c.color} aria-hidden="true" />
                        {c.title}
                      </dt>
                      <dd>{c.prompt}</dd>
                    </div>
                  ))}
                </dl>
              </section>
              <section className="panel rl-pad">
                <label className="h2" htmlFor="rl-title">
                  {t('rl.titleField')}
                </label>
                <input
                  id="rl-title"
                  className="input"
                  maxLength={120}
                  placeholder={chosen.name}
                  value={title}
                  onChange={(e) => setTitle(e.target.value)}
                />
                <When
                  until={until}
                  problem={late ? t('rl.untilPast') : undefined}
                  onChange={(at) => {
                    setUntil(at);
                    setLate(false);
                  }}
                />
                <fieldset>
                  <legend className="h2">{t('rl.names')}</legend>
                  <div className="seg">
                    {(['anonymous', 'named'] as const).map((a) => (
                      <button
                        key={a}
                        type="button"
                        aria-pressed={anonymity === a}
                        onClick={() => setAnonymity(a)}
                      >
                        {t(a === 'anonymous' ? 'rt.anonymous' : 'rt.named')}
                      </button>
                    ))}
                  </div>
                  <p className="small quiet">
                    {t(anonymity === 'anonymous' ? 'rt.anonymousWhy' : 'rt.namedWhy')}
                  </p>
                </fieldset>
                <fieldset>
                  <legend className="h2">{t('rl.phases')}</legend>
                  <div className="rl-chips">
                    {OPTIONAL.map((p) => (
                      <button
                        key={p}
                        type="button"
                        className="chip plain"
                        aria-pressed={!without.includes(p)}
                        onClick={() =>
                          setWithout(without.includes(p) ? without.filter((x) => x !== p) : [...without, p])
                        }
                      >
                        {t(`rt.phase.${p}`)}
                      </button>
                    ))}
                  </div>
                  <p className="small quiet">{t('rl.phasesHint')}</p>
                </fieldset>
              </section>
            </aside>
          )}
        </div>
      )}
    </div>
  );
}

function Cards({
  list,
  chosen,
  onChoose,
}: {
  list: Template[];
  chosen?: Template;
  onChoose: (key: string) => void;
}) {
  return (
    <div className="rl-cards">
      {list.map((x) => (
        <label key={x.key} className="rl-card" data-on={x.key === chosen?.key || undefined}>
          <input
            type="radio"
            name="rl-template"
            checked={x.key === chosen?.key}
            onChange={() => onChoose(x.key)}
          />
          <span>
            <b>{x.name}</b> <small className="num">{t('rl.minutes', { n: x.defaultMinutes })}</small>
          </span>
          <span className="quiet">{x.whenToUse}</span>
          {x.why && (
            <span className="rl-why">
              <Sparkles size={13} aria-hidden />
              {x.why}
            </span>
          )}
          <span className="rl-tags">
            {x.columns.map((c) => (
              <span key={c.key} className="tag">
                {c.title}
              </span>
            ))}
          </span>
        </label>
      ))}
    </div>
  );
}
