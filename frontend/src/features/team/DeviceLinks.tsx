import { Monitor } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { relative } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyLine } from '../../ui/CopyLine';
import { FormProblem, TextField } from '../../ui/FormField';
import { t } from './messages';
import type { DeviceLink } from './types';

/** Addresses for screens on the wall. The address itself is shown once, when it is made. */
export function DeviceLinks({ teamId }: { teamId: string }) {
  const path = `/teams/${teamId}/device-links`;
  const { data, error, refetch } = useData<{ items: DeviceLink[] }>(path);
  const [made, setMade] = useState<string>();
  const form = useForm({
    initial: { name: '' },
    checks: { name: (v) => !v.trim() && t('team.links.need') },
    submit: async ({ name }) => {
      const link = await api.post<{ url: string }>(path, { name: name.trim() });
      setMade(link.url);
      form.reset();
      await refresh(path);
    },
  });
  const links = data?.items ?? [];
  return (
    <section className="team-part" aria-labelledby="links">
      <h2 className="h2" id="links">
        {t('team.section.links')}
      </h2>
      <p className="small quiet">{t('team.links.text')}</p>
      <div className="panel">
        {error && !data && (
          <div className="row-a" role="alert">
            <span className="row-main">
              {t('team.links.failed')}
              <small>{error.message}</small>
            </span>
            <button type="button" className="btn line sm" onClick={() => refetch()}>
              {t('team.retry')}
            </button>
          </div>
        )}
        {data && links.length === 0 && <p className="row-a quiet">{t('team.links.none')}</p>}
        <ul className="rows">
          {links.map((link) => (
            <li key={link.id} className="row-a">
              <Monitor size={18} aria-hidden />
              <span className="row-main">
                <span>{link.name}</span>
                <small>{link.createdAt && relative(link.createdAt)}</small>
              </span>
              <ConfirmButton
                title={t('team.links.revokeTitle')}
                text={t('team.links.revokeText', { name: link.name })}
                verb={t('team.links.revoke')}
                label={t('team.links.revokeLong', { name: link.name })}
                run={async () => {
                  await api.del(`/device-links/${link.id}`);
                  await refresh(path);
                }}
              >
                {t('team.links.revoke')}
              </ConfirmButton>
            </li>
          ))}
        </ul>
        <form className="row-a form add-link" onSubmit={form.submit} noValidate>
          <FormProblem>{form.problem}</FormProblem>
          {made && (
            <div className="made">
              <p>{t('team.links.made')}</p>
              <CopyLine text={made} label={t('team.section.links')} />
              <p>{t('team.links.madeWall')}</p>
              <CopyLine text={made.replace('/screen#', '/screen/wall#')} label={t('team.links.wall')} />
            </div>
          )}
          <TextField
            {...form.field('name')}
            label={t('team.links.name')}
            hint={t('team.links.nameHint')}
            autoComplete="off"
            end={
              <button
                type="submit"
                className="btn line"
                disabled={form.busy}
                data-busy={form.busy || undefined}
              >
                {t('team.links.make')}
              </button>
            }
          />
        </form>
      </div>
    </section>
  );
}
