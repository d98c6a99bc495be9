import { t } from '../messages';
import { useRoom } from '../room';
import '../talk.css';

const STEPS = [1, 2, 3, 4, 5] as const;

/** Two questions with one tap each. */
export function CloseRetro() {
  const { view, retro } = useRoom();
  const { close, me } = view;
  const open = view.retro.phase === 'close' && me.canWrite;
  const mine = { roti: close.rotiMine, safety: close.safetyMine };
  return (
    <section className="panel rt-card">
      <p className="quiet">{t('rt.close.text')}</p>
      {(['roti', 'safety'] as const).map((kind) => (
        <fieldset key={kind} className="rt-rate">
          <legend>{t(`rt.${kind}`)}</legend>
          <div>
            {STEPS.map((n) => (
              <button
                key={n}
                type="button"
                disabled={!open}
                aria-pressed={mine[kind] === n}
                onClick={() => retro.act({ do: 'rate', [kind]: n })}
              >
                <b>{n}</b>
                <span>{t(`rt.${kind}.${n}`)}</span>
              </button>
            ))}
          </div>
          {kind === 'safety' && <p className="quiet small">{t('rt.close.safety')}</p>}
        </fieldset>
      ))}
      <p className="quiet small">{t('rt.close.n', { n: close.n })}</p>
    </section>
  );
}
