import { localInput } from '../../lib/local-input';
import { TextField } from '../../ui/FormField';
import { t } from './messages';

/** What is proposed: three days from now, when the working day ends. */
export function inThreeDays(): string {
  const d = new Date();
  d.setDate(d.getDate() + 3);
  d.setHours(17, 0, 0, 0);
  return localInput(d);
}

/** Together now, or people write over some days before. */
export function When({
  until,
  problem,
  onChange,
}: {
  /** Undefined: now. */
  until: string | undefined;
  problem?: string;
  onChange: (until: string | undefined) => void;
}) {
  const open = until !== undefined;
  return (
    <fieldset>
      <legend className="h2">{t('rl.when')}</legend>
      <div className="seg">
        <button type="button" aria-pressed={!open} onClick={() => onChange(undefined)}>
          {t('rl.when.now')}
        </button>
        <button type="button" aria-pressed={open} onClick={() => onChange(until ?? inThreeDays())}>
          {t('rl.when.open')}
        </button>
      </div>
      {open && (
        <>
          <p className="small quiet">{t('rl.when.openText')}</p>
          <TextField
            label={t('rl.until')}
            name="until"
            type="datetime-local"
            min={localInput(new Date())}
            value={until}
            error={problem}
            onChange={(e) => onChange(e.target.value)}
          />
        </>
      )}
    </fieldset>
  );
}
