import { CopyPlus } from 'lucide-react';
import { useState } from 'react';
import { useData } from '../../lib/data';
import { Evidence } from './Evidence';
import { t } from './messages';
import { useRoom } from './room';
import type { Item, Proof } from './types';

interface Earlier {
  checklistId: string;
  name: string;
  text: string;
  proof: Proof[];
}

/** How the same question was answered before: something to begin with, that is then made true here. */
export function EarlierAnswer({
  item,
  onTake,
}: {
  item: Item;
  onTake: (earlier: { text: string; evidence: Proof[] }) => void;
}) {
  const { live } = useRoom();
  const [n, setN] = useState(0);
  const found = useData<{ items: Earlier[] }>(`/checklists/${live.id}/items/${item.key}/earlier`).data?.items;
  const one = found?.[n];
  if (!one) return null;
  return (
    <div className="ck-earlier">
      <b>{t('ck.earlier', { name: one.name })}</b>
      <Evidence of={one} clamp />
      <p>
        <button
          type="button"
          className="btn soft sm"
          onClick={() => onTake({ text: one.text, evidence: one.proof.map(unchecked) })}
        >
          <CopyPlus size={13} aria-hidden />
          {t('ck.earlierTake')}
        </button>
        {found.length > 1 && (
          <button type="button" className="btn ghost sm" onClick={() => setN((n + 1) % found.length)}>
            {t('ck.earlierOther', { n: n + 1, of: found.length })}
          </button>
        )}
      </p>
    </div>
  );
}

/** Nobody has looked at it for this feature. */
export const unchecked = ({ verifiedOn: _, expiresOn: __, ...p }: Proof): Proof => p;
