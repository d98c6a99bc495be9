import { CalendarPlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { absolute, browserZone, dateOf, relative } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyLine } from '../../ui/CopyLine';
import { Dialog } from '../../ui/Dialog';
import { FormProblem } from '../../ui/FormField';
import { Loaded } from '../../ui/Loaded';
import './dialogs.css';
import { t } from './messages';
import type { Feed, Team } from './types';

/** Secret addresses for other calendars: made, shown once, revoked. */
export function FeedsDialog({ teams, onClose }: { teams: readonly Team[]; onClose: () => void }) {
  const query = useData<{ items: Feed[] }>('/calendar/feeds');
  const [team, setTeam] = useState('');
  const [made, setMade] = useState<string>();
  const shown = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // the button that was pressed is gone
  useEffect(() => {
    if (made) shown.current?.querySelector('input')?.focus();
  }, [made]);
  const make = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { url } = await api.post<{ url: string }>('/calendar/feeds', team ? { teamId: team } : {});
      setMade(url);
      await refresh('/calendar/feeds');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('fe.title')} width={560} onClose={onClose}>
      <p>{t('fe.text')}</p>
      <FormProblem>{problem}</FormProblem>
      {made ? (
        <div className="fe-made" role="status" ref={shown}>
          <b>{t('fe.made')}</b>
          <CopyLine text={made} label={t('fe.label')} />
          <a className="btn line" href={made.replace(/^https?:/, 'webcal:')} rel="noreferrer">
            <CalendarPlus size={15} aria-hidden />
            {t('fe.open')}
          </a>
        </div>
      ) : (
        <div className="fe-make">
          <label>
            <span>{t('fe.of')}</span>
            <select className="input sm" value={team} onChange={(e) => setTeam(e.target.value)}>
              <option value="">{t('fe.mine')}</option>
              {teams.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="btn"
            data-busy={busy || undefined}
            data-autofocus
            onClick={() => void make()}
          >
            {t('fe.make')}
          </button>
        </div>
      )}
      <h3 className="fe-h">{t('fe.list')}</h3>
      <Loaded query={query} failed={t('fe.failed')}>
        {({ items }) => <Feeds items={items} />}
      </Loaded>
    </Dialog>
  );
}

function Feeds({ items }: { items: readonly Feed[] }) {
  if (items.length === 0) return <p className="small quiet">{t('fe.none')}</p>;
  return (
    <ul className="fe-list">
      {items.map((f) => (
        <li key={f.id}>
          <span className="row-main">
            {f.teamName ?? t('fe.mine')}
            <small>
              {t('fe.line', { when: dateOf(f.createdAt, browserZone()), name: f.createdBy })} ·{' '}
              {f.readAt ? (
                <span title={absolute(f.readAt)}>{t('fe.read', { when: relative(f.readAt) })}</span>
              ) : (
                t('fe.unread')
              )}
            </small>
          </span>
          <ConfirmButton
            title={t('fe.revokeTitle')}
            text={t('fe.revokeText')}
            verb={t('fe.revoke')}
            run={async () => {
              await api.del(`/calendar/feeds/${f.id}`);
              await refresh('/calendar/feeds');
            }}
          >
            {t('fe.revoke')}
          </ConfirmButton>
        </li>
      ))}
    </ul>
  );
}
