import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CardClass, Wip } from '../../api/types';
import { listOf } from '../../lib/i18n';
import { dateOf } from '../../lib/time';
import { listWords } from '../../ui/entry-list';
import { t } from './messages';
import type { Dated, Workflow } from './types';

/** "since 3 Oct 2026, by Lea · before: at most 6": small, under what it dates. */
function When({ d, before, w }: { d: Dated; before?: string; w: Workflow }) {
  // what is as it was when the board was made is said once, at the top
  if (!d.since || (d.since === w.createdAt && before === undefined)) return null;
  const when = dateOf(d.since, w.timeZone);
  return (
    <small className="wf-when">
      {d.byName ? t('wf.sinceBy', { when, who: d.byName }) : t('wf.since', { when })}
      {before !== undefined && ` · ${t('wf.before', { what: before || t('wf.nothing') })}`}
    </small>
  );
}

function wipWords(w: Wip): string {
  if (w.mode === 'off') return t('wf.wip.none');
  const parts: string[] = [];
  if (w.max !== undefined && w.max !== null) parts.push(t(`wf.wip.${w.mode}`, { max: w.max }));
  if (w.min) parts.push(t('wf.wip.min', { min: w.min }));
  return parts.join(' ') || t('wf.wip.none');
}
const small = (s: string) => s.charAt(0).toLowerCase() + s.slice(1).replace(/\.$/, '');

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="wf-row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A column's name; for a lead the way to where it is changed. */
function ColumnName({ w, id, name, may }: { w: Workflow; id: string; name: string; may: boolean }) {
  if (!may) return name;
  return (
    <Link
      to="/b/$board"
      params={{ board: w.boardId }}
      search={{ edit: id }}
      aria-label={t('wf.changeWhat', { what: name })}
    >
      {name}
    </Link>
  );
}

export function Items({ w }: { w: Workflow }) {
  return (
    <>
      <p className={w.items.text ? 'wf-text' : 'quiet'}>{w.items.text || t('wf.items.none')}</p>
      <When d={w.items} before={w.items.before} w={w} />
      <p>{t('wf.items.key', { key: w.teamKey })}</p>
    </>
  );
}

export function Points({ w }: { w: Workflow }) {
  return (
    <>
      <p>{w.started.columnName ? t('wf.started', { column: w.started.columnName }) : t('wf.noStart')}</p>
      <When d={w.started} before={w.started.before} w={w} />
      <p>{w.finished.columnName ? t('wf.finished', { column: w.finished.columnName }) : t('wf.noFinish')}</p>
      <When d={w.finished} before={w.finished.before} w={w} />
      <p>{t('wf.days', { zone: w.timeZone })}</p>
    </>
  );
}

export function States({ w, may }: { w: Workflow; may: boolean }) {
  return (
    <ol className="wf-states">
      {w.columns.map((c) => (
        <li key={c.id} data-kind={c.kind}>
          <b>
            <ColumnName w={w} id={c.id} name={c.name} may={may} />
          </b>
          <span>{t(`wf.kind.${c.kind}`)}</span>
          <When
            d={c.state}
            before={c.state.before && `${c.state.before.name}, ${t(`wf.kind.${c.state.before.kind}`)}`}
            w={w}
          />
        </li>
      ))}
    </ol>
  );
}

export function Wips({ w, may }: { w: Workflow; may: boolean }) {
  const limited = w.columns.filter((c) => c.wip.mode !== 'off' || c.wip.before);
  const free = w.columns.filter((c) => !limited.includes(c)).map((c) => c.name);
  const start = w.columns.findIndex((c) => c.id === w.started.columnId);
  const queue = w.columns.slice(0, start < 0 ? undefined : start).findLast((c) => c.kind === 'queue');
  const { mode, max, before } = w.expedite;
  return (
    <>
      {queue && w.started.columnName && (
        <p>{t('wf.pull', { queue: queue.name, to: w.started.columnName })}</p>
      )}
      <dl className="wf-rows">
        {limited.map((c) => (
          <Row key={c.id} name={<ColumnName w={w} id={c.id} name={c.name} may={may} />}>
            {wipWords(c.wip)}
            <When d={c.wip} before={c.wip.before && small(wipWords(c.wip.before))} w={w} />
          </Row>
        ))}
        {w.lanes.map((n) => (
          <Row key={n.id} name={t('wf.lane', { name: n.name })}>
            {wipWords(n)}
            <When d={n} before={n.before && small(wipWords(n.before))} w={w} />
          </Row>
        ))}
        <Row name={t('wf.expedite')}>
          {wipWords({ mode, max })} {t(w.expedite.counts ? 'wf.expedite.counts' : 'wf.expedite.apart')}
          <When
            d={w.expedite}
            before={before && small(wipWords({ mode: before.mode, max: before.max }))}
            w={w}
          />
        </Row>
      </dl>
      {free.length > 0 && <p className="quiet">{t('wf.unlimited', { columns: listOf(free) })}</p>}
    </>
  );
}

export function Policies({ w, may }: { w: Workflow; may: boolean }) {
  const has = w.columns.filter(
    (c) => c.policy.text || c.policy.checks.length > 0 || c.policy.checklist || c.policy.before,
  );
  const none = w.columns.filter((c) => !has.includes(c)).map((c) => c.name);
  return (
    <>
      <dl className="wf-rows">
        {has.map((c) => (
          <Row key={c.id} name={<ColumnName w={w} id={c.id} name={c.name} may={may} />}>
            {c.policy.text && <p className="wf-text">{c.policy.text}</p>}
            {(c.policy.checks.length > 0 || c.policy.checklist) && (
              <>
                <p>{t('wf.asks')}</p>
                <ul className="wf-checks">
                  {c.policy.checklist && <li>{listWords(c.policy.checklist)}</li>}
                  {c.policy.checks.map((k) => (
                    <li key={k.id}>{k.text}</li>
                  ))}
                </ul>
              </>
            )}
            <When
              d={c.policy}
              before={
                c.policy.before &&
                [
                  c.policy.before.text,
                  c.policy.before.checklist ? listWords(c.policy.before.checklist) : '',
                  ...c.policy.before.checks.map((k) => k.text),
                ]
                  .filter(Boolean)
                  .join('; ')
              }
              w={w}
            />
          </Row>
        ))}
      </dl>
      {none.length > 0 && <p className="quiet">{t('wf.policy.none', { columns: listOf(none) })}</p>}
    </>
  );
}

/** Which share of the work is kept free for which kind of it. */
export function Reserves({ w }: { w: Workflow }) {
  return (
    <dl className="wf-rows">
      {w.reserves.map((r) => (
        <Row key={`${r.by} ${r.key}`} name={t(`wf.kind.${r.key}` as never)}>
          {t('wf.reserves.is', { percent: r.percent })}
          <When
            d={r}
            before={r.before === undefined ? undefined : small(t('wf.reserves.is', { percent: r.before }))}
            w={w}
          />
        </Row>
      ))}
    </dl>
  );
}

export function Expectations({ w }: { w: Workflow }) {
  if (w.sle.length === 0) return <p className="quiet">{t('wf.sle.none')}</p>;
  return (
    <dl className="wf-rows">
      {w.sle.map((s) => (
        <Row key={s.class ?? ''} name={s.class ? t(`wf.class.${s.class as CardClass}`) : t('wf.sle.all')}>
          {t('wf.sle.is', { percent: s.percent, days: s.days })}{' '}
          {t(s.guess ? 'wf.sle.guess' : 'wf.sle.rests', { n: s.n })}
          <When d={s} before={s.before && small(t('wf.sle.is', s.before))} w={w} />
        </Row>
      ))}
    </dl>
  );
}
