import { CopyPlus } from 'lucide-react';
import { useState } from 'react';
import { useData } from '../../lib/data';
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
  may,
  onTake,
}: {
  item: Item;
  /** Nothing is written yet; what is, is not written over. */
  may: boolean;
  onTake: (earlier: { text: string; evidence: Proof[] }) => void;
}) {
  const { live, topic } = useRoom();
  const [n, setN] = useState(0);
  // What a feature does and what is new in it was never so before.
  const was = topic.key !== 'functionality' && topic.key !== 'departures';
  const found = useData<{ items: Earlier[] }>(was ? `/checklists/${live.id}/items/${item.key}/earlier` : null)
    .data?.items;
  const one = found?.[n];
  if (!one) return null;
  const also = one.proof.map((p) =>
    [p.person?.name ?? p.value.replace(/^https?:\/\//, ''), p.unit].filter(Boolean).join(' '),
  );
  const words = [one.text, ...also].filter(Boolean).join(' · ');
  return (
    <div className="ck-earlier">
      <p title={words}>
        <b>{t('ck.earlier', { name: one.name })}</b> {words}
      </p>
      {found.length > 1 && (
        <button type="button" className="btn ghost sm" onClick={() => setN((n + 1) % found.length)}>
          {t('ck.earlierOther', { n: n + 1, of: found.length })}
        </button>
      )}
      <button
        type="button"
        className="btn soft sm"
        disabled={!may}
        onClick={() => onTake({ text: one.text, evidence: one.proof.map(asOld) })}
      >
        <CopyPlus size={13} aria-hidden />
        {t('ck.earlierTake')}
      </button>
    </div>
  );
}

/** It was looked at when it was, and is as old here as there. */
export const asOld = ({ expiresOn: _, ...p }: Proof): Proof => p;
