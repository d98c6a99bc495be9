import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useKept } from '../../lib/kept';
import { InlineEdit } from '../../ui/InlineEdit';
import css from './card.module.css';
import { useChanger, usePatch, useRoom } from './context';
import { t } from './messages';
import { Offer } from './Offer';

interface Begun {
  title: string;
  version: number;
  draft?: string;
}

/** The heading of the card; a double click or the pencil edits it in place. */
export function Title({ headingRef }: { headingRef: React.RefObject<HTMLHeadingElement | null> }) {
  const { face, can, typing } = useRoom();
  const patch = usePatch();
  const who = useChanger('title');
  const kept = useKept(`${face.id}.title`);
  /** What was there when the editing began: a change by somebody else since then is a conflict, not overwritten. */
  const [begun, setBegun] = useState<Begun>();

  const start = (from?: Begun) => {
    setBegun(from ?? { title: face.title, version: face.version });
    kept.taken();
    typing(true);
  };
  const stop = () => {
    kept.keep(undefined);
    setBegun(undefined);
    typing(false);
    requestAnimationFrame(() => headingRef.current?.focus({ preventScroll: true }));
  };
  if (begun)
    return (
      <div className={css.title} onInput={() => typing(true)}>
        <InlineEdit
          value={begun.title}
          draft={begun.draft}
          label={t('card.title')}
          maxLength={300}
          onType={(text) => kept.keep({ text, base: begun.title, version: begun.version })}
          onCancel={stop}
          onSave={(title) => {
            stop();
            void patch({ title }, t('card.title'), begun.version);
          }}
        />
        {face.title !== begun.title && (
          <p className={css.meanwhile} role="status">
            {t('card.changedMeanwhile', { who })} {t('card.theirs')}: {face.title}
          </p>
        )}
      </div>
    );
  return (
    <>
      <div className={css.title}>
        <h2 ref={headingRef} tabIndex={-1} onDoubleClick={can.work ? () => start() : undefined}>
          {face.title}
        </h2>
        {can.work && (
          <button
            type="button"
            className="btn ghost sm icon"
            aria-label={t('card.rename')}
            onClick={() => start()}
          >
            <Pencil size={15} aria-hidden />
          </button>
        )}
      </div>
      {can.work && (
        <Offer
          kept={kept}
          short
          onGoOn={({ text, base, version }) =>
            start({ title: base ?? face.title, version: version ?? face.version, draft: text })
          }
        />
      )}
    </>
  );
}
