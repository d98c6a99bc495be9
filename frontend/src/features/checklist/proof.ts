import { t } from './messages';
import type { Item, Proof } from './types';
import { isOver } from './words';

export const isBlank = (p: Proof): boolean => !p.value.trim() && !p.personId;

/** What is wrong with a piece of evidence, in a sentence. */
export function faultOf(p: Proof): string | undefined {
  if (p.type === 'link' && !/^https?:\/\/[^\s/]+/i.test(p.value.trim())) return t('ck.linkBad');
  if (p.type === 'number' && !isNumber(p.value)) return t('ck.numberBad');
  return undefined;
}
/** An address as people write it: "git.example/checkout" is one. */
export const withScheme = (address: string): string => {
  const text = address.trim();
  return /^[\w-]+(\.[\w-]+)+([/:?#].*)?$/.test(text) ? `https://${text}` : text;
};
/** "420", "0,5", "-3.2". */
export const isNumber = (text: string): boolean => /^[+-]?\d+([.,]\d+)?$/.test(text.trim());

/** Its evidence ran out, and can be said to be as good as it was: a date cannot, it has to be a newer one. */
export const isRenewable = (item: Pick<Item, 'why' | 'proof'>): boolean =>
  item.why === 'stale' && !item.proof.some((p) => p.type === 'date' && p.expiresOn && isOver(p.expiresOn));
