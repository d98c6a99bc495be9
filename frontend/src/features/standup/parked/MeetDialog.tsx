import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Discipline, Person } from '../../../api/types';
import { useData } from '../../../lib/data';
import { instant, localInput } from '../../../lib/local-input';
import { browserZone } from '../../../lib/time';
import { Avatar } from '../../../ui/Avatar';
import { Dialog, Field } from '../../../ui/Dialog';
import { t } from '../messages';
import type { Named, Parked } from '../types';

export interface Meet {
  at: string;
  minutes: number;
  personIds: string[];
}

interface Team {
  members: { person: Person }[];
  liaisons: { person: Person; discipline: Discipline }[];
}

const LENGTHS = [15, 30, 45, 60, 90];

function nextHour(): string {
  const d = new Date();
  d.setHours(d.getHours() + 1, 0, 0, 0);
  return localInput(d);
}

/** When those meet whom something parked concerns, and who. Whoever was named when it was parked is chosen already. */
export function MeetDialog({
  item,
  teamId,
  onArrange,
  onClose,
}: {
  item: Parked;
  teamId: string;
  onArrange: (meet: Meet) => Promise<string | undefined>;
  onClose: () => void;
}) {
  const team = useData<Team>(`/teams/${teamId}`).data;
  const [at, setAt] = useState(nextHour);
  const [minutes, setMinutes] = useState(30);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(item.people?.map((p) => p.id)));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const known = new Map(
    [...(team?.members ?? []), ...(team?.liaisons ?? [])]
      .filter((m) => m.person.active)
      .map((m) => [m.person.id, m.person]),
  );
  const people: Named[] = [
    ...(item.people ?? []),
    ...[...known.values()]
      .filter((p) => !item.people?.some((x) => x.id === p.id))
      .sort((a, b) => a.name.localeCompare(b.name)),
  ];
  const when = instant(at);
  const late = !when || Date.parse(when) <= Date.now();
  const nobody = chosen.size === 0;
  return createPortal(
    <Dialog
      title={t('pk.meet.title')}
      className="sheet"
      onClose={onClose}
      onSubmit={async () => {
        setTried(true);
        if (late || nobody || busy) return;
        setBusy(true);
        const said = await onArrange({ at: when, minutes, personIds: [...chosen] });
        setBusy(false);
        setProblem(said);
      }}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('pk.meet.cancel')}
          </button>
          <button type="submit" className="btn" data-busy={busy || undefined}>
            {t('pk.meet.save')}
          </button>
        </>
      }
    >
      <p className="pk-t">{item.text || item.cardTitle}</p>
      <div className="pk-when">
        <Field
          label={t('pk.meet.at')}
          error={tried && late ? t('pk.meet.atNeeded') : undefined}
          hint={t('pk.meet.zone', { zone: browserZone().replaceAll('_', ' ') })}
        >
          <input
            className="input"
            type="datetime-local"
            data-autofocus
            value={at}
            min={localInput(new Date())}
            onChange={(e) => setAt(e.target.value)}
          />
        </Field>
        <Field label={t('pk.meet.minutes')}>
          <select className="input" value={minutes} onChange={(e) => setMinutes(Number(e.target.value))}>
            {LENGTHS.map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </Field>
      </div>
      <p className="field-label">{t('pk.meet.who')}</p>
      <ul className="pk-people">
        {people.map((p) => (
          <li key={p.id}>
            <button
              type="button"
              className="btn line sm"
              aria-pressed={chosen.has(p.id)}
              onClick={() => {
                const next = new Set(chosen);
                if (!next.delete(p.id)) next.add(p.id);
                setChosen(next);
              }}
            >
              <Avatar person={known.get(p.id) ?? { name: p.name, hue: 0 }} size={22} decorative />
              {p.name}
            </button>
          </li>
        ))}
      </ul>
      {tried && nobody && (
        <p className="field-error" role="alert">
          {t('pk.meet.whoNeeded')}
        </p>
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <p className="field-hint">{t('pk.meet.text')}</p>
    </Dialog>,
    document.body,
  );
}
