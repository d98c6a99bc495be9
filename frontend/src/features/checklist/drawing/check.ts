import type { Proof } from '../types';
import { faultWords } from './fault';
import { DrawingFault } from './source';

/**
 * The evidence with the size of each drawing in it, or what is wrong with the first one that cannot be drawn. Where the
 * part that draws cannot be fetched, as without a network, it is left as it is: that is not the text's fault.
 */
export async function drawn(evidence: Proof[]): Promise<Proof[] | { source: string; fault: string }> {
  const out: Proof[] = [];
  for (const p of evidence) {
    if (p.type !== 'diagram') {
      out.push(p);
      continue;
    }
    try {
      const { width, height } = await (await import('./draw')).draw(p.value);
      out.push({ ...p, drawn: { width, height } });
    } catch (error) {
      if (error instanceof DrawingFault) return { source: p.value, fault: faultWords(error) };
      out.push({ ...p, drawn: undefined });
    }
  }
  return out;
}
