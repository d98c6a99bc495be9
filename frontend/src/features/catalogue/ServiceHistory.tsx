import { useState } from 'react';
import { useData } from '../../lib/data';
import { absolute, relative } from '../../lib/time';
import { Loaded } from '../../ui/Loaded';
import { changeWords } from './history';
import { t } from './messages';
import type { Turn } from './types';

/** What became of a service, by whom and when; read once it is opened. */
export function ServiceHistory({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const query = useData<{ items: Turn[] }>(open ? `/services/${id}/history` : null);
  return (
    <details className="sv-history" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('sv.history')}</summary>
      {open && (
        <Loaded query={query}>
          {({ items }) => (
            <ul>
              {items.map((x) => (
                <li key={`${x.at} ${x.did}`}>
                  {t(`sv.h.${x.did}By`, { by: x.by })}{' '}
                  <time dateTime={x.at} title={absolute(x.at)}>
                    {relative(x.at)}
                  </time>
                  <small>{changeWords(x).join(' · ')}</small>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
    </details>
  );
}
