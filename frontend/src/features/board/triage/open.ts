import type { Face } from '../../../api/types';

/** An ask that waits for this board's answer. Where it is only mirrored nobody answers it. */
export const isOpenAsk = (card: Face): boolean =>
  !('mirror' in card && card.mirror) && (card.ask?.state === 'raised' || card.ask?.state === 'questioned');
