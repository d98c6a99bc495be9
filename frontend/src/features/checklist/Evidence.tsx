import { CalendarCheck2, Gauge, Hash, Link2, Paperclip, TextQuote, UsersRound } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { lazyPart } from '../../lib/lazy';
import { Avatar } from '../../ui/Avatar';
import { Reserved } from './drawing/Place';
import './evidence.css';
import { t } from './messages';
import type { EvidenceType, Item, Proof } from './types';
import { isOver, shortDay } from './words';

const Drawing = lazyPart(() => import('./drawing/Drawing').then((m) => m.Drawing));

const ICON: Record<Exclude<EvidenceType, 'diagram'>, typeof Link2> = {
  text: TextQuote,
  link: Link2,
  number: Hash,
  date: CalendarCheck2,
  person: UsersRound,
  file: Paperclip,
  auto: Gauge,
};

/** Only what a browser fetches over the web; anything else stays words. */
export const safeLink = (value: string): string | undefined => {
  try {
    const { protocol, href } = new URL(value.startsWith('/') ? window.location.origin + value : value);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
};

function Until({ p }: { p: Proof }) {
  if (!p.expiresOn) return null;
  const over = isOver(p.expiresOn);
  return (
    <>
      {' · '}
      <span data-stale={over || undefined}>
        {t(over ? 'ck.staleSince' : 'ck.goodUntil', { date: shortDay(p.expiresOn) })}
      </span>
    </>
  );
}

/** One piece of evidence in one line. */
function One({ p, words }: { p: Proof; words?: string }) {
  const said = words && <span className="ck-text"> {words}</span>;
  switch (p.type) {
    case 'link':
    case 'file': {
      const href = safeLink(p.type === 'file' ? `/api/v1/attachments/${p.value}` : p.value);
      const words = p.label || p.value.replace(/^https?:\/\//, '');
      return (
        <>
          {href ? (
            <a className="link" href={href} target="_blank" rel="noopener noreferrer">
              {words}
            </a>
          ) : (
            words
          )}
          {said}
          <Until p={p} />
        </>
      );
    }
    case 'number':
      return (
        <>
          <b className="num">{[p.value, p.unit].filter(Boolean).join(' ')}</b>
          {p.label && ` ${p.label}`}
          {said && <>:{said}</>}
          <Until p={p} />
        </>
      );
    case 'date':
      return (
        <>
          {p.label && `${p.label} `}
          <b className="num">{shortDay(p.value)}</b>
          {said && <>,{said}</>}
          <Until p={p} />
        </>
      );
    default:
      return (
        <>
          {(p.type === 'auto' ? [p.value, p.label] : [p.label, p.value]).filter(Boolean).join(': ')}
          {said}
          <Until p={p} />
        </>
      );
  }
}

function Line({ type, children, clamp }: { type: keyof typeof ICON; children: ReactNode; clamp?: boolean }) {
  const Icon = ICON[type];
  return (
    <div className="ck-ev">
      <Icon size={14} aria-hidden />
      <div data-clamp={clamp || undefined}>{children}</div>
    </div>
  );
}

/** What was answered: the words, then what proves them. Long words are cut until the item is read. */
export function Evidence({
  of,
  clamp,
}: {
  of: Pick<Item, 'text' | 'proof'> & { people?: number };
  clamp?: boolean;
}) {
  const drawings = of.proof.filter((p) => p.type === 'diagram');
  const people = of.proof.filter((p) => p.type === 'person');
  const rest = of.proof.filter((p) => p.type !== 'diagram' && p.type !== 'person');
  // A number or a day with the sentence that explains it reads as one line.
  const [only] = rest;
  const lead =
    rest.length === 1 && of.text && !of.text.includes('\n') && (only?.type === 'link' || !only?.label)
      ? only
      : undefined;
  return (
    <>
      {drawings.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no other name
        <Suspense key={i} fallback={<Reserved size={p.drawn} label={p.label} />}>
          <Drawing source={p.value} size={p.drawn} label={p.label} />
        </Suspense>
      ))}
      {lead ? (
        <Line type={lead.type as keyof typeof ICON} clamp={clamp}>
          <One p={lead} words={of.text} />
        </Line>
      ) : (
        <>
          {of.text && (
            <Line type="text" clamp={clamp}>
              <span className="ck-text">{of.text}</span>
            </Line>
          )}
          {rest.map((p, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no other name
            <Line key={i} type={p.type as keyof typeof ICON}>
              <One p={p} />
            </Line>
          ))}
        </>
      )}
      {people.length > 0 && (
        <span className="ck-faces">
          {people.map((p) => (
            <Avatar
              key={p.personId ?? p.value}
              person={p.person ?? { name: p.value, hue: 6 }}
              size={24}
              decorative
            />
          ))}
          <span>
            {people.map((p) => (p.person?.name ?? p.value).split(' ')[0]).join(', ')}
            {of.people ? ` · ${t('ck.namesOf', { n: people.length, of: of.people })}` : ''}
          </span>
        </span>
      )}
    </>
  );
}
