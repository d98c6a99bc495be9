import { Check, Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../../lib/api';
import { toast, toastError } from '../../../lib/notify';
import { absolute, dateWords, moment } from '../../../lib/time';
import { Avatar } from '../../../ui/Avatar';
import { ConfirmButton } from '../../../ui/ConfirmButton';
import { DiscIcon } from '../../../ui/DiscIcon';
import type { Open } from './LaunchPage';
import { t } from './messages';
import { overFrom } from './takeover';
import type { Launch, Section, Stage } from './types';
import { earlyTime, hoursWords } from './words';

interface Props {
  v: Launch;
  onEdit: (open: Open) => void;
  take: (v: Launch) => void;
}

function Part({
  section,
  empty,
  v,
  onEdit,
  take,
  children,
  extra,
}: Props & { section: Section; empty: boolean; children: ReactNode; extra?: ReactNode }) {
  const may = v.may.run && (section !== 'stages' || v.state !== 'done');
  const asked = v.asked.find((a) => a.section === section);
  const over = empty && asked ? overFrom(section, asked.item) : undefined;
  return (
    <section className="panel ln-part">
      <div className="ln-sec">
        <h2 className="h2">{t(`ln.${section}`)}</h2>
        {may && !empty && (
          <button
            type="button"
            className="btn ghost sm"
            aria-label={t('ln.editOf', { what: t(`ln.${section}`) })}
            onClick={() => onEdit({ edit: section })}
          >
            <Pencil size={13} aria-hidden />
            {t('ln.edit')}
          </button>
        )}
      </div>
      {empty ? (
        <div className="ln-empty">
          <p className="quiet">{t(`ln.${section}Text`)}</p>
          {may && (
            <p className="ln-empty-acts">
              <button type="button" className="btn line sm" onClick={() => onEdit({ edit: section })}>
                {t('ln.plan')}
              </button>
              {extra}
              {over && asked && (
                <button
                  type="button"
                  className="btn soft sm"
                  onClick={() => onEdit({ edit: section, over, from: asked.item.key })}
                >
                  {t('ln.takeOver')}
                </button>
              )}
            </p>
          )}
        </div>
      ) : (
        children
      )}
      {!empty && asked && <InChecklist v={v} asked={asked} take={take} />}
    </section>
  );
}

/** Whether the checklist says what the plan says; the plan is put there as an answer like every other. */
function InChecklist({
  v,
  asked: a,
  take,
}: {
  v: Launch;
  asked: Launch['asked'][number];
  take: (v: Launch) => void;
}) {
  const [busy, setBusy] = useState(false);
  const { item, fill } = a;
  const closed = v.checklist.frozenAt || v.checklist.archivedAt;
  const there = item.text || item.proof.length > 0;
  const put = async () => {
    await api.put(`/checklists/${v.checklist.id}/items/${item.key}/answer`, fill);
    take(await api.get<Launch>(`/launches/${v.checklist.id}`));
    toast({ text: t('ln.saidThere', { key: item.key }) });
  };
  return (
    <p className="ln-in">
      <span className="key">{item.key}</span>
      {a.same ? (
        <span className="quiet">
          <Check size={13} aria-hidden /> {t('ln.same')}
          {item.understoodBy && `, ${t('ln.understood', { who: item.understoodBy.person.name })}`}
        </span>
      ) : (
        <span>{t(there ? 'ln.differs' : 'ln.notThere')}</span>
      )}
      {!a.same && fill && v.may.run && !closed && !there && (
        <button
          type="button"
          className="btn ghost sm"
          data-busy={busy || undefined}
          onClick={async () => {
            setBusy(true);
            await put().catch(toastError);
            setBusy(false);
          }}
        >
          {t('ln.sayIt')}
        </button>
      )}
      {!a.same && fill && v.may.run && !closed && there && (
        <ConfirmButton
          className="btn ghost sm"
          title={t('ln.replace', { key: item.key })}
          text={
            <>
              {item.text && <q>{item.text}</q>}
              <br />
              {t(item.understoodBy ? 'ln.replaceUnderstood' : 'ln.replaceText', {
                who: item.understoodBy?.person.name ?? '',
              })}
            </>
          }
          verb={t('ln.replaceDo')}
          run={put}
        >
          {t('ln.sayIt')}
        </ConfirmButton>
      )}
    </p>
  );
}

export const USUAL: Stage[] = [
  { name: 'Ourselves', share: 0, holdHours: 24 },
  { name: 'One in a hundred', share: 1, holdHours: 24 },
  { name: 'Every tenth', share: 10, holdHours: 48 },
  { name: 'Everybody', share: 100, holdHours: 72 },
];

export function Stages(p: Props) {
  const { stages } = p.v.plan;
  const reckoned = (id: string | undefined) => {
    const d = p.v.line.find((x) => x.id === id);
    return d && (d.reckoned ? t('ln.about', { day: dateWords(d.on) }) : dateWords(d.on));
  };
  return (
    <Part
      {...p}
      section="stages"
      empty={stages.length === 0}
      extra={
        <button
          type="button"
          className="btn soft sm"
          onClick={() => p.onEdit({ edit: 'stages', over: { stages: USUAL } })}
        >
          {t('ln.stagesStart')}
        </button>
      }
    >
      <ol className="ln-stages">
        {stages.map((s, i) => (
          <li key={s.id} data-state={s.state} aria-current={s.state === 'running' ? 'step' : undefined}>
            <span className="ln-step" aria-hidden="true">
              {s.state === 'passed' ? <Check size={14} /> : i + 1}
            </span>
            <div>
              <p className="ln-stage-name">
                <b>{s.name}</b>
                <span className="num">{t('ln.share', { n: s.share })}</span>
                {s.earlyMinutes ? (
                  <em data-t="warn">{t('ln.stageState.early', { time: earlyTime(s.earlyMinutes) })}</em>
                ) : (
                  <em>{t(`ln.stageState.${s.state ?? 'planned'}`)}</em>
                )}
              </p>
              <p className="small quiet">
                {[
                  s.at ? moment(s.at) : s.on ? dateWords(s.on) : reckoned(s.id),
                  s.holdHours > 0 && t('ln.hold', { time: hoursWords(s.holdHours) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {s.goesOnWhen && i < stages.length - 1 && (
                <p className="small">
                  <span className="quiet">{t('ln.goesOn')}</span> {s.goesOnWhen}
                </p>
              )}
              {s.said && (
                <p className="small ln-quote">
                  {t('ln.saidPassed', { who: s.by?.name ?? '', said: s.said })}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Part>
  );
}

export function StopRules(p: Props) {
  const rules = p.v.plan.stopRules;
  return (
    <Part {...p} section="stopRules" empty={rules.length === 0}>
      <ul className="ln-rules">
        {rules.map((r) => (
          <li key={`${r.signal} ${r.threshold}`}>
            <div>
              <b>{r.signal}</b>
              <span>{r.threshold}</span>
            </div>
            <div className="ln-who">
              {r.people?.map((x) => (
                <span key={x.id}>
                  <Avatar person={x} decorative /> {x.name}
                </span>
              ))}
              <small className="quiet">{t('ln.within', { n: r.withinMinutes })}</small>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Watchers(p: Props) {
  const { watchers } = p.v.plan;
  return (
    <Part {...p} section="watchers" empty={watchers.length === 0}>
      <ul className="ln-watch">
        {watchers.map(
          (w) =>
            w.person && (
              <li key={w.personId}>
                <Avatar person={w.person} size={28} decorative />
                <div>
                  <b>{w.person.name}</b> <DiscIcon size={14} d={w.person.discipline} />
                  <small className="quiet">
                    {[w.where, w.hours > 0 && t('ln.watchFor', { time: hoursWords(w.hours) })]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </div>
              </li>
            ),
        )}
      </ul>
    </Part>
  );
}

export function RollbackPart(p: Props) {
  const r = p.v.plan.rollback;
  return (
    <Part {...p} section="rollback" empty={!r.steps}>
      <p className="ln-steps">{r.steps}</p>
      <p className="small quiet ln-facts">
        {r.minutes > 0 && <b>{t('ln.minutes', { n: r.minutes })}</b>}
        <span>
          {r.lastTriedOn ? t('ln.lastTried', { date: dateWords(r.lastTriedOn) }) : t('ln.neverTried')}
        </span>
        {r.link && (
          <a href={r.link} className="link" target="_blank" rel="noreferrer noopener">
            {r.link.replace(/^https?:\/\//, '')}
          </a>
        )}
      </p>
      {r.pointOfNoReturn && (
        <p className="small">
          <span className="quiet">{t('ln.noReturn')}</span> {r.pointOfNoReturn}
        </p>
      )}
    </Part>
  );
}

export const when = (at: string) => ({ dateTime: at, title: absolute(at) });
