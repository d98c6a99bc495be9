import {
  ChartSpline,
  ListOrdered,
  type LucideIcon,
  MessagesSquare,
  Presentation,
  Projector,
} from 'lucide-react';
import type { Kind } from './types';

const ICONS: Record<Kind, LucideIcon> = {
  standup: Presentation,
  retro: MessagesSquare,
  replenishment: ListOrdered,
  demo: Projector,
  flow_review: ChartSpline,
};

export function KindIcon({ kind, size = 14 }: { kind: Kind; size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} aria-hidden />;
}
