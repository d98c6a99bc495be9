import { CloudOff, RefreshCw, Timer } from 'lucide-react';
import { clock } from '../lib/time';
import type { Connection } from '../live/types';
import { t } from './messages';

/** The truth about how fresh this page is: a sign and a word, never a colour alone. */
export function LiveState({ connection }: { connection: Connection }) {
  const { state, since, ageSeconds, queued } = connection;
  const old = ageSeconds >= 3 ? t('app.live.old', { n: Math.round(ageSeconds) }) : null;
  const waiting = queued > 0 && state !== 'live' ? t('app.live.waiting', { n: queued }) : undefined;
  const [tone, icon, word] =
    state === 'live'
      ? (['ok', <i key="i" />, t('app.live')] as const)
      : state === 'offline'
        ? ([
            'bad',
            <CloudOff key="i" size={14} aria-hidden />,
            since ? t('app.live.offline', { time: clock(since) }) : t('app.live.offlineShort'),
          ] as const)
        : state === 'polling'
          ? (['warn', <Timer key="i" size={14} aria-hidden />, old ?? t('app.live.polling')] as const)
          : (['warn', <RefreshCw key="i" size={14} aria-hidden />, old ?? t('app.live.connecting')] as const);
  return (
    <span className="live" data-t={tone} data-live={state} title={waiting}>
      {icon}
      <span>{word}</span>
      {waiting && <span className="sr">{waiting}</span>}
    </span>
  );
}
