import { Activity, ListOrdered, MessagesSquare, Projector } from 'lucide-react';
import { t } from './messages';
import type { Kind } from './types';

const ICONS = { replenishment: ListOrdered, demo: Projector, flow_review: Activity, retro: MessagesSquare };

export function KindIcon({ kind, size = 18 }: { kind: Kind; size?: number }) {
  const Icon = ICONS[kind];
  return (
    <Icon className="ri-kind" size={size} strokeWidth={1.75} role="img" aria-label={t(`ri.kind.${kind}`)} />
  );
}
