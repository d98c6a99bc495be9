import { useEffect, useMemo, useState } from 'react';
import type { CardTemplate } from '../../../api/types';
import { announce } from '../../../lib/announce';
import { api } from '../../../lib/api';
import { toast } from '../../../lib/notify';
import { hasRight } from '../../../lib/session';
import { Dialog, Field } from '../../../ui/Dialog';
import { DiscIcon } from '../../../ui/DiscIcon';
import { EmptyState } from '../../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { useBoard, useColumns, useRoom } from '../context';
import { t } from '../messages-dialogs';
import { sentence } from '../move';
import { td } from './messages-full';
import s from './templates.module.css';

const SCOPES = ['board', 'team', 'library'] as const;

/** What a card can begin as: the board's and the team's own templates, then the library. One choice, one title, done. */
export function TemplateDialog({ columnId, title: begun }: { columnId?: string; title?: string }) {
  const { ui, actions, store, setSearch, me } = useRoom();
  const board = useBoard();
  const columns = useColumns();
  const [all, setAll] = useState<CardTemplate[]>();
  const [wrong, setWrong] = useState('');
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState<CardTemplate>();
  const [title, setTitle] = useState(begun ?? '');
  const [busy, setBusy] = useState(false);
  const [to, setTo] = useState(columnId ?? columns[0]?.id ?? '');
  const lead = hasRight(me(), board.teamId, 'lead');
  const close = () => ui.setState({ dialog: null });
  const read = () => {
    setWrong('');
    api
      .get<{ items: CardTemplate[] }>(`/boards/${store.boardId}/card-templates`)
      .then((page) => setAll(page.items))
      .catch((error) => setWrong(sentence(error)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read when it opens
  useEffect(read, []);
  const wanted = find.trim().toLocaleLowerCase();
  const shown = useMemo(
    () =>
      all?.filter((x) =>
        [x.name, x.about ?? '', ...(x.card.labels ?? [])].some((w) => w.toLocaleLowerCase().includes(wanted)),
      ),
    [all, wanted],
  );
  const choose = (x: CardTemplate) => {
    setChosen(x);
    if (!begun) setTitle(x.card.title || x.name);
  };
  const create = async () => {
    const clean = title.replace(/\s+/g, ' ').trim();
    if (!chosen || !clean || busy) return;
    setBusy(true);
    const face = await actions.create(to, {
      title: clean,
      templateId: chosen.id,
      type: chosen.card.type,
      discipline: chosen.card.discipline,
    });
    setBusy(false);
    if (!face) return;
    close();
    setSearch({ card: face.key });
  };
  const remove = async (x: CardTemplate) => {
    try {
      await api.del(`/card-templates/${x.id}`);
    } catch (error) {
      return setWrong(sentence(error));
    }
    setAll((old) => old?.filter((o) => o.id !== x.id));
    if (chosen?.id === x.id) setChosen(undefined);
    const said = td('board.templateGone', { name: x.name });
    announce(said);
    toast({
      text: said,
      stay: 30_000,
      action: {
        label: td('board.undoIt'),
        run: () => {
          const { name, about, scope, card } = x;
          void api.post(`/boards/${store.boardId}/card-templates`, { name, about, scope, card }).then(read);
        },
      },
    });
  };
  return (
    <Dialog
      title={td('board.fromTemplate')}
      width={820}
      onClose={close}
      onSubmit={() => void create()}
      actions={
        <>
          <button type="button" className="btn line" onClick={close}>
            {t('board.cancel')}
          </button>
          <button
            type="submit"
            className="btn"
            data-busy={busy || undefined}
            disabled={!chosen || !title.trim() || busy}
          >
            {td('board.templateCreate')}
          </button>
        </>
      }
    >
      <div className={s.two}>
        <div className={s.choose}>
          <input
            type="search"
            className="input"
            data-autofocus
            aria-label={td('board.templateFind')}
            placeholder={td('board.templateFind')}
            value={find}
            onChange={(e) => setFind(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter') {
                e.preventDefault(); // choosing comes before making
                if (shown?.[0]) choose(shown[0]);
              }
            }}
          />
          {!all && !wrong && (
            <AfterAWhile>
              <Bone width="100%" height={40} />
              <Bone width="100%" height={40} />
            </AfterAWhile>
          )}
          {shown?.length === 0 && <EmptyState title={td('board.templateNone')} />}
          <div className={s.list}>
            {SCOPES.map((scope) => {
              const of = shown?.filter((x) => x.scope === scope) ?? [];
              if (of.length === 0) return null;
              return (
                <section key={scope} aria-label={td(`board.templates.${scope}`)}>
                  <h3>{td(`board.templates.${scope}`)}</h3>
                  <ul>
                    {of.map((x) => (
                      <li key={x.id}>
                        <button type="button" aria-pressed={x.id === chosen?.id} onClick={() => choose(x)}>
                          <DiscIcon d={x.card.discipline} size={15} decorative />
                          <span>
                            {x.name}
                            {x.about && <small>{x.about}</small>}
                          </span>
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
          {wrong && (
            <p className="field-error" role="alert">
              {wrong}{' '}
              <button type="button" className="btn line sm" onClick={read}>
                {t('board.retry')}
              </button>
            </p>
          )}
        </div>
        <div className={s.shown}>
          {chosen ? (
            <>
              <Field label={t('board.newCardTitle')}>
                <input
                  className="input"
                  maxLength={300}
                  value={title}
                  onChange={(e) => setTitle(e.target.value)}
                />
              </Field>
              <Field label={td('board.templateColumn')}>
                <select className="input" value={to} onChange={(e) => setTo(e.target.value)}>
                  {columns.map((c) => (
                    <option key={c.id} value={c.id}>
                      {c.name}
                    </option>
                  ))}
                </select>
              </Field>
              {chosen.card.description && <p className={s.text}>{plain(chosen.card.description)}</p>}
              {chosen.card.todos && chosen.card.todos.length > 0 && (
                <>
                  <h3>{td('board.templateTodos')}</h3>
                  <ul className={s.todos}>
                    {chosen.card.todos.map((x) => (
                      <li key={`${x.list}|${x.text}`}>{x.text}</li>
                    ))}
                  </ul>
                </>
              )}
              {lead && chosen.scope !== 'library' && (
                <button type="button" className="btn ghost sm" onClick={() => void remove(chosen)}>
                  {td('board.templateRemove', { name: chosen.name })}
                </button>
              )}
            </>
          ) : (
            <p className={s.hint}>{td('board.templateHint')}</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Markdown without its marks: enough for a look. */
const plain = (text: string): string => text.replace(/\*\*/g, '').replace(/^- /gm, '• ');
