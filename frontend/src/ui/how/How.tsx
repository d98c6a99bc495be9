import { Dialog } from '../Dialog';
import './how.css';
import { t } from './how-messages';

export type Kind =
  | 'walk'
  | 'round_robin'
  | 'async'
  | 'retro'
  | 'replenishment'
  | 'demo'
  | 'flow_review'
  | 'health';

interface Props {
  kind: Kind;
  onClose: () => void;
}

export function HowDialog({ kind, onClose }: Props) {
  return (
    <Dialog
      title={t(`how.title.${kind}`)}
      width={560}
      onClose={onClose}
      actions={
        <button type="button" className="btn" data-autofocus onClick={onClose}>
          {t('how.done')}
        </button>
      }
    >
      <Text kind={kind} />
    </Dialog>
  );
}

/** The same in the page, for a first time. */
export function HowPanel({ kind, onClose }: Props) {
  return (
    <section className="panel how-in" aria-label={t(`how.title.${kind}`)}>
      <h2 className="h2">{t(`how.title.${kind}`)}</h2>
      <Text kind={kind} />
      <button type="button" className="btn soft sm" onClick={onClose}>
        {t('how.done')}
      </button>
    </section>
  );
}

const STEPS = [1, 2, 3, 4] as const;

function Text({ kind }: { kind: Kind }) {
  return (
    <>
      <p className="how-why">{t(`how.${kind}.why`)}</p>
      <h3 className="how-h">{t('how.goes')}</h3>
      <ol className="how-steps">
        {STEPS.map((n) => (
          <li key={n}>{t(`how.${kind}.${n}`)}</li>
        ))}
      </ol>
      <h3 className="how-h">{t('how.you')}</h3>
      <p>{t(`how.${kind}.you`)}</p>
      <h3 className="how-h">{t('how.after')}</h3>
      <p>{t(`how.${kind}.after`)}</p>
    </>
  );
}
