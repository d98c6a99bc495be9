import { Code } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShownScheme } from '../../../lib/scheme';
import { Dialog } from '../../../ui/Dialog';
import type { Picture } from './draw';
import { faultWords } from './fault';
import { t } from './messages';
import { Coming, Foot, Place, type Size } from './Place';
import { DrawingFault } from './source';

const WHILE_WRITING_MS = 350;

/** A drawing made from its text. While the text cannot be read the last good drawing stays, and the sentence says where. */
export function Drawing({
  source,
  label,
  size,
  writing,
}: {
  source: string;
  label?: string;
  /** As large as it was drawn when it was saved; absent where nobody did. */
  size?: Size;
  writing?: boolean;
}) {
  const [picture, setPicture] = useState<Picture>();
  const [fault, setFault] = useState<DrawingFault | 'absent'>();
  const [full, setFull] = useState(false);
  const [text, setText] = useState(false);
  const scheme = useShownScheme();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are the scheme's
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(
      () => {
        first.current = false;
        void import('./draw')
          .then((m) => m.draw(source))
          .then(
            (made) => {
              if (stale) return;
              setPicture(made);
              setFault(undefined);
            },
            (error) => {
              if (stale) return;
              setFault(error instanceof DrawingFault ? error : 'absent');
            },
          );
      },
      writing && !first.current ? WHILE_WRITING_MS : 0,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [source, scheme, writing]);
  const drawn = picture && (
    <img
      src={picture.src}
      width={picture.width}
      height={picture.height}
      alt={label || t('dr.alt', { text: alt(source) })}
      data-old={fault ? true : undefined}
    />
  );
  return (
    <figure className="ck-draw" aria-busy={!picture && !fault}>
      {picture && (
        <button
          type="button"
          className="ck-draw-open"
          aria-haspopup="dialog"
          title={t('dr.open')}
          onClick={() => setFull(true)}
        >
          {/* what was kept for it stays: nothing below moves, however another browser's letters run */}
          {!writing && <Place size={size} />}
          {drawn}
        </button>
      )}
      {!picture && !fault && !writing && <Coming size={size} />}
      {full && (
        <Dialog title={label || t('dr.title')} width={1400} onClose={() => setFull(false)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached */}
          <div className="ck-draw-full" tabIndex={0} data-autofocus>
            {drawn}
          </div>
        </Dialog>
      )}
      {fault && (
        <p className="ck-draw-bad" role={writing ? 'status' : undefined}>
          {faultWords(fault)} {picture && writing && t('dr.last')}
        </p>
      )}
      {(text || (fault && !picture && !writing)) && <pre>{source}</pre>}
      {!writing && (
        <Foot label={label}>
          <button type="button" className="btn ghost sm" aria-pressed={text} onClick={() => setText(!text)}>
            <Code size={13} aria-hidden />
            {t(text ? 'dr.hide' : 'dr.show')}
          </button>
        </Foot>
      )}
    </figure>
  );
}

/** What is written in it: the words without the signs. */
const alt = (source: string) =>
  source
    .replace(/%%.*$/gm, '')
    .replace(/[^\p{L}\p{N}\s.,%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 240);
