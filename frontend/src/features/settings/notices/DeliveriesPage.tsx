import { Mail, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useData } from '../../../lib/data';
import { useMe } from '../../../lib/session';
import { absolute, relative } from '../../../lib/time';
import { EmptyState } from '../../../ui/EmptyState';
import { Loaded } from '../../../ui/Loaded';
import { Choice } from '../Choice';
import { Part } from '../SettingsFrame';
import { t } from './messages';
import css from './notices.module.css';
import { type Delivery, STATES, type State } from './types';

const TONE: Partial<Record<State, string>> = { failed: 'bad', retrying: 'warn', sent: 'ok' };

/** For administrators: whether mail and chat arrive, and if not, why. */
export function DeliveriesPage() {
  const admin = useMe().person.role === 'admin';
  return (
    <Part title={t('deliveries.title')} text={t('deliveries.text')}>
      {admin ? <Log /> : <p className="panel row-a quiet">{t('deliveries.adminsOnly')}</p>}
    </Part>
  );
}

function Log() {
  const [state, setState] = useState<State | 'all'>('all');
  const [cursor, setCursor] = useState('');
  const query = useData<{ items: Delivery[]; nextCursor?: string }>(
    `/notices/deliveries?limit=50${state === 'all' ? '' : `&state=${state}`}${cursor && `&cursor=${cursor}`}`,
  );
  return (
    <>
      <div className={css.filter}>
        <Choice
          label={t('deliveries.which')}
          value={state}
          onChange={(s) => {
            setCursor('');
            setState(s);
          }}
          options={[
            ['all', t('deliveries.all')],
            ...STATES.map((s) => [s, t(`deliveries.state.${s}`)] as const),
          ]}
        />
      </div>
      <Loaded query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? (
              <EmptyState
                icon={<Mail size={26} />}
                title={t(state === 'all' ? 'deliveries.none.ever' : 'deliveries.none')}
              >
                {t('deliveries.none.text')}
              </EmptyState>
            ) : (
              <ul className="panel rows">
                {items.map((d) => (
                  <Line key={d.id} d={d} />
                ))}
              </ul>
            )}
            {(cursor || nextCursor) && (
              <div className={css.more}>
                {cursor && (
                  <button type="button" className="btn line" onClick={() => setCursor('')}>
                    {t('deliveries.newest')}
                  </button>
                )}
                {nextCursor && (
                  <button type="button" className="btn line" onClick={() => setCursor(nextCursor)}>
                    {t('deliveries.older')}
                  </button>
                )}
              </div>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function Line({ d }: { d: Delivery }) {
  const mail = d.channel === 'mail';
  return (
    <li className={`row-a ${css.row}`}>
      {mail ? <Mail size={18} aria-hidden /> : <MessagesSquare size={18} aria-hidden />}
      <span className="row-main">
        {mail
          ? t('deliveries.mailTo', { name: d.personName || t('deliveries.gone') })
          : t('deliveries.chatOf', { name: d.teamName ?? '' })}
        <small>
          {d.subject && <span>{d.subject} · </span>}
          <span title={absolute(d.at)}>{relative(d.at)}</span>
          {d.tries > 1 && ` · ${t('deliveries.tries', { n: d.tries })}`}
        </small>
        {d.reason && <small className={css.reason}>{d.reason}</small>}
      </span>
      <span className="pill" data-t={TONE[d.state]}>
        {t(`deliveries.state.${d.state}`)}
      </span>
    </li>
  );
}
