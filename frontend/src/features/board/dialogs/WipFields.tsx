import type { Wip, WipMode } from '../../../api/types';
import { Field } from '../../../ui/Dialog';
import { t } from '../messages-dialogs';

const MODES: readonly WipMode[] = ['off', 'warn', 'reason', 'hard'];

/** Reads a number field: empty or below 1 means none. */
export const whole = (text: string): number | undefined => {
  const n = Math.floor(Number(text));
  return Number.isFinite(n) && n >= 1 ? n : undefined;
};

/** Mode, least and most of a limit. A column, a lane and the strip all have these three. */
export function WipFields({
  wip,
  onChange,
  min = true,
}: {
  wip: Wip;
  onChange: (w: Wip) => void;
  min?: boolean;
}) {
  const off = wip.mode === 'off';
  return (
    <>
      <Field label={t('board.wipMode')} hint={t(`board.wipHint.${wip.mode}`)}>
        <select
          className="input"
          value={wip.mode}
          onChange={(e) => onChange({ ...wip, mode: e.target.value as WipMode })}
        >
          {MODES.map((m) => (
            <option key={m} value={m}>
              {t(`board.wipMode.${m}`)}
            </option>
          ))}
        </select>
      </Field>
      {!off && (
        <div className="field-row">
          {min && (
            <Field label={t('board.wipMin')}>
              <input
                className="input"
                type="number"
                min={0}
                value={wip.min ?? ''}
                onChange={(e) => onChange({ ...wip, min: whole(e.target.value) })}
              />
            </Field>
          )}
          <Field label={t('board.wipMax')}>
            <input
              className="input"
              type="number"
              min={1}
              value={wip.max ?? ''}
              onChange={(e) => onChange({ ...wip, max: whole(e.target.value) })}
            />
          </Field>
        </div>
      )}
    </>
  );
}

/** The sentence for what is wrong with a limit, if anything. */
export function wipFault(w: Wip): string | undefined {
  if (w.mode === 'off') return undefined;
  if (!w.max && !w.min) return t('board.wipNeedsNumber');
  if (w.max && w.min && w.min > w.max) return t('board.wipMinOverMax');
  return undefined;
}
