import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { toast, toastError } from '../../lib/notify';
import { absolute, relative } from '../../lib/time';
import { Loaded } from '../../ui/Loaded';
import { deviceName } from './device';
import { t } from './messages';
import { Part } from './SettingsFrame';

interface SessionRow {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  userAgent?: string;
  address?: string;
  current: boolean;
}

export function SessionsPage() {
  const query = useData<{ items: SessionRow[] }>('/sessions');
  const [ending, setEnding] = useState<string>();
  const end = async (id: string) => {
    setEnding(id);
    try {
      await api.del(`/sessions/${id}`);
      await refresh('/sessions');
      toast({ text: t('sessions.ended') });
    } catch (e) {
      toastError(e);
    }
    setEnding(undefined);
  };
  return (
    <Part title={t('settings.sessions')} text={t('sessions.text')}>
      <Loaded query={query}>
        {({ items }) => (
          <ul className="panel rows">
            {[...items]
              .sort(
                (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt),
              )
              .map((s) => (
                <li key={s.id} className="row-a">
                  <MonitorSmartphone size={18} aria-hidden />
                  <span className="row-main">
                    {deviceName(s.userAgent)}
                    <small>
                      <span title={absolute(s.lastSeenAt)}>
                        {t('sessions.seen', { when: relative(s.lastSeenAt) })}
                      </span>
                      {', '}
                      <span title={absolute(s.createdAt)}>
                        {t('sessions.since', { when: relative(s.createdAt) })}
                      </span>
                      {s.address && `, ${s.address}`}
                    </small>
                  </span>
                  {s.current ? (
                    <span className="pill" data-t="acc">
                      {t('sessions.current')}
                    </span>
                  ) : (
                    <button
                      type="button"
                      className="btn danger sm"
                      aria-label={t('sessions.endLong', { device: deviceName(s.userAgent) })}
                      disabled={ending === s.id}
                      data-busy={ending === s.id || undefined}
                      onClick={() => void end(s.id)}
                    >
                      {t('sessions.end')}
                    </button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </Part>
  );
}
