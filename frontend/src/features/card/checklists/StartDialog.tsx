import { useEffect, useId, useRef, useState } from 'react';
import { api } from '../../../lib/api';
import { refresh, useData } from '../../../lib/data';
import { hasRight, useMe } from '../../../lib/session';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from './messages';

export interface About {
  teamId?: string;
  card?: { id: string; key: string; title: string };
  service?: { id: string; name: string };
}

interface Service {
  id: string;
  name: string;
  criticality: 'experimental' | 'standard' | 'critical';
  teamId: string;
}

const LEVELS = ['light', 'standard', 'critical'] as const;
type Level = (typeof LEVELS)[number];
const PHASES = ['design', 'pre_prod'] as const;
type Phase = (typeof PHASES)[number];
const LEVEL_OF = { experimental: 'light', standard: 'standard', critical: 'critical' } as const;

/** A checklist for a card, for a service, or for a launch that has no card. */
export function StartDialog({
  about,
  onClose,
  onStarted,
}: {
  about: About;
  onClose: () => void;
  onStarted: (id: string) => void;
}) {
  const me = useMe();
  const id = useId();
  const teams = me.teams.filter((x) => hasRight(me, x.id, 'worker') || x.liaison);
  const [teamId, setTeam] = useState(about.teamId ?? teams[0]?.id ?? '');
  const [name, setName] = useState('');
  const [launchOn, setLaunch] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [said, setLevel] = useState<Level>();
  const [phase, setPhase] = useState<Phase>('design');
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string>();
  const services = useData<{ items: Service[] }>(about.service ? null : `/services?teamId=${teamId}`);
  const kind = about.card ? 'card' : about.service ? 'service' : 'launch';
  const all = services.data?.items ?? [];
  const most = LEVELS.toReversed()
    .map((l) => all.find((s) => chosen.includes(s.id) && LEVEL_OF[s.criticality] === l))
    .find(Boolean);
  // What the most critical service asks for, until somebody says another: then it stays as they said.
  const fits = most ? LEVEL_OF[most.criticality] : 'standard';
  const level = said ?? fits;
  // biome-ignore lint/correctness/useExhaustiveDependencies: services belong to the team
  useEffect(() => setChosen([]), [teamId]);
  const nameField = useRef<HTMLInputElement>(null);
  const dayField = useRef<HTMLInputElement>(null);
  const noName = kind === 'launch' && !name.trim();
  const noDay = kind === 'launch' && !launchOn;
  const start = async () => {
    setProblem(undefined);
    if (kind === 'launch' && !teamId) return setProblem(t('cs.noTeam'));
    setTried(true);
    if (noName || noDay) return (noName ? nameField : dayField).current?.focus();
    setBusy(true);
    try {
      const made = await api.post<{ id: string }>('/checklists', {
        kind,
        ...(kind === 'card' ? { cardId: about.card!.id } : {}),
        ...(kind === 'service' ? { serviceId: about.service!.id } : {}),
        ...(kind === 'launch' ? { name: name.trim(), teamId } : {}),
        ...(kind === 'service' ? {} : { level, phase }),
        ...(chosen.length ? { services: chosen } : {}),
        ...(launchOn ? { launchOn } : {}),
      });
      void refresh('/checklists');
      onStarted(made.id);
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={
        about.card
          ? t('cs.startFor', { key: about.card.key })
          : about.service
            ? t('cs.startFor', { key: about.service.name })
            : t('cs.startLaunch')
      }
      onClose={onClose}
      onSubmit={() => void start()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('cs.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('cs.start')}
          </button>
        </>
      }
    >
      {kind === 'launch' && (
        <>
          <Field
            label={t('cs.name')}
            hint={t('cs.nameHint')}
            error={tried && noName ? t('cs.nameNeed') : undefined}
          >
            <input
              ref={nameField}
              data-autofocus
              aria-invalid={(tried && noName) || undefined}
              className="input"
              maxLength={200}
              value={name}
              onChange={(e) => setName(e.target.value)}
            />
          </Field>
          {teams.length > 1 && (
            <Field label={t('cs.team')}>
              <select className="input" value={teamId} onChange={(e) => setTeam(e.target.value)}>
                {teams.map((x) => (
                  <option key={x.id} value={x.id}>
                    {x.name}
                  </option>
                ))}
              </select>
            </Field>
          )}
        </>
      )}
      {!about.service && all.length > 0 && (
        <fieldset>
          <legend className="field-label">{t('cs.services')}</legend>
          {all.map((s) => (
            <label key={s.id} className="check-line">
              <input
                type="checkbox"
                checked={chosen.includes(s.id)}
                onChange={(e) =>
                  setChosen((old) => (e.target.checked ? [...old, s.id] : old.filter((x) => x !== s.id)))
                }
              />
              {s.name}
            </label>
          ))}
          <p className="field-hint">{t('cs.servicesHint')}</p>
        </fieldset>
      )}
      {!about.service && (
        <fieldset className="levels">
          <legend className="field-label">{t('cs.level')}</legend>
          {LEVELS.map((l) => (
            <label key={l} className="check-line" htmlFor={`${id}-${l}`}>
              <input
                id={`${id}-${l}`}
                type="radio"
                name={id}
                checked={level === l}
                onChange={() => setLevel(l)}
              />
              <span>
                <b>{t(`cs.level.${l}`)}</b> <span className="quiet">{t(`cs.level.${l}.text`)}</span>{' '}
                {fits === l && (
                  <span className="pill" data-t={l === 'standard' ? undefined : 'warn'} role="status">
                    {t(`cs.because.${l}`, { name: most?.name ?? '' })}
                  </span>
                )}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {!about.service && (
        <fieldset className="levels">
          <legend className="field-label">{t('cs.phase')}</legend>
          {PHASES.map((p) => (
            <label key={p} className="check-line">
              <input type="radio" name={`${id}-phase`} checked={phase === p} onChange={() => setPhase(p)} />
              <span>
                <b>{t(`cs.phaseName.${p}`)}</b> <span className="quiet">{t(`cs.phase.${p}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {!about.service && (
        <Field
          label={t('cs.launchOn')}
          hint={kind === 'launch' ? undefined : t('cs.launchHint')}
          error={tried && noDay ? t('cs.dayNeed') : undefined}
        >
          <input
            ref={dayField}
            type="date"
            className="input"
            aria-invalid={(tried && noDay) || undefined}
            value={launchOn}
            onChange={(e) => setLaunch(e.target.value)}
          />
        </Field>
      )}
      {problem && (
        <div role="alert" className="ff-problem">
          {problem}
        </div>
      )}
    </Dialog>
  );
}
