import { Link } from '@tanstack/react-router';
import { Clock, Hash, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { refreshMe, useMe } from '../../lib/session';
import { Dialog, Field } from '../../ui/Dialog';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { RunBy } from '../../ui/RunBy';
import { t } from './messages';
import { KINDS, kindName, type TeamDetail } from './types';

/** What the team is there for, and how to reach it. */
export function About({ team, may, onEdit }: { team: TeamDetail; may: boolean; onEdit: () => void }) {
  const { mission, channel, address, hours } = team.about;
  const reach = [
    [channel, <Hash key="c" size={15} aria-hidden />, t('team.about.channel')],
    [address, <MapPin key="a" size={15} aria-hidden />, t('team.about.address')],
    [hours, <Clock key="h" size={15} aria-hidden />, t('team.about.hours')],
  ] as const;
  const said = reach.some(([x]) => x);
  return (
    <section className="team-part team-about" aria-label={t('team.about')}>
      <p className="team-sub">
        <code className="team-key">{team.key}</code>
        <span className="pill">{kindName(team.kind)}</span>
      </p>
      {mission ? (
        <p className="team-mission">{mission}</p>
      ) : (
        may && (
          <p className="quiet">
            {t('team.about.none')}{' '}
            <button type="button" className="link-btn" onClick={onEdit}>
              {t('team.about.say')}
            </button>
          </p>
        )
      )}
      {said && (
        <ul className="team-reach" aria-label={t('team.about.reach')}>
          {reach.map(
            ([text, icon, label]) =>
              text && (
                <li key={label}>
                  {icon}
                  <span className="sr">{label}</span>
                  {linked(text)}
                </li>
              ),
          )}
        </ul>
      )}
    </section>
  );
}

function linked(text: string): ReactNode {
  if (/^https?:\/\/\S+$/.test(text))
    return (
      <a className="link" href={text} target="_blank" rel="noreferrer noopener">
        {text.replace(/^https?:\/\//, '')}
      </a>
    );
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text))
    return (
      <a className="link" href={`mailto:${text}`}>
        {text}
      </a>
    );
  return text;
}

/** Mission, kind and how to reach it; for leads. The name is an administrator's to change. */
export function AboutForm({ team, onClose }: { team: TeamDetail; onClose: () => void }) {
  const admin = useMe().person.role === 'admin';
  const { about } = team;
  const form = useForm({
    initial: {
      name: team.name,
      kind: team.kind,
      mission: about.mission,
      channel: about.channel,
      address: about.address,
      hours: about.hours,
    },
    checks: { name: (v) => !v.trim() && t('team.need.name') },
    submit: async ({ name, ...v }) => {
      try {
        await api.patch(`/teams/${team.id}/about`, { ...v, version: about.version });
        if (admin && name.trim() !== team.name) await api.patch(`/teams/${team.id}`, { name: name.trim() });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'stale') void refresh('/teams');
        throw error;
      }
      refreshMe();
      await refresh('/teams', '/boards');
      onClose();
    },
  });
  return (
    <Dialog
      title={t('team.edit')}
      onClose={onClose}
      onSubmit={() => void form.submit()}
      actions={
        <>
          <button type="button" className="btn line" onClick={onClose}>
            {t('team.cancel')}
          </button>
          <button type="submit" className="btn" disabled={form.busy} data-busy={form.busy || undefined}>
            {t('team.save')}
          </button>
        </>
      }
    >
      <FormProblem>{form.problem}</FormProblem>
      {admin && <TextField {...form.field('name')} label={t('team.field.name')} autoComplete="off" />}
      <Field label={t('team.about.mission')} hint={t('team.about.missionHint')}>
        <textarea
          className="input"
          rows={3}
          maxLength={1000}
          data-autofocus
          value={form.values.mission}
          onChange={(e) => form.set('mission', e.target.value)}
        />
      </Field>
      <SelectField
        {...form.field('kind')}
        label={t('team.field.kind')}
        hint={t(`team.kind.${form.values.kind as (typeof KINDS)[number]}.says`)}
      >
        {KINDS.map((k) => (
          <option key={k} value={k}>
            {kindName(k)}
          </option>
        ))}
      </SelectField>
      <TextField
        {...form.field('channel')}
        label={t('team.about.channel')}
        placeholder={t('team.about.channelHint')}
        maxLength={200}
      />
      <TextField
        {...form.field('address')}
        label={t('team.about.address')}
        placeholder={t('team.about.addressHint')}
        maxLength={200}
      />
      <TextField
        {...form.field('hours')}
        label={t('team.about.hours')}
        placeholder={t('team.about.hoursHint')}
        maxLength={200}
      />
    </Dialog>
  );
}

interface Run {
  id: string;
  name: string;
  criticality: string;
  operatingModel: 'team' | 'operations';
  operatingModelWhy: string;
}

/** What stands beside its boards: services, each with its page and who runs it, and what they launch. */
export function Beside({ teamId }: { teamId: string }) {
  const services = useData<{ items: Run[] }>(`/services?teamId=${teamId}`);
  const items = services.data?.items ?? [];
  return (
    <section className="team-part" aria-labelledby="beside">
      <h2 className="h2" id="beside">
        {t('team.section.beside')}
      </h2>
      <div className="panel">
        <ul className="rows">
          {items.map((s) => (
            <li key={s.id} className="row-a">
              <span className="row-main">
                <Link to="/services/$service" params={{ service: s.id } as never} className="row-link">
                  {s.name}
                </Link>
                <RunBy service={s} />
              </span>
              <span className="small quiet">{t(`team.criticality.${s.criticality as 'standard'}`)}</span>
            </li>
          ))}
        </ul>
        <p className="row-a team-links">
          {items.length === 0 && services.data && <span className="quiet">{t('team.noServices')}</span>}
          <Link to="/launches" className="link">
            {t('team.launches')}
          </Link>
        </p>
      </div>
    </section>
  );
}
