import { TextField } from '../../ui/FormField';
import { t } from './messages';

const two = (n: number) => String(n).padStart(2, '0');
/** A time as its field writes it, in the zone of whoever reads it. */
const local = (d: Date) =>
  `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;

/** What is proposed: three days from now, when the working day ends. */
export function inThreeDays(): string {
  const d = new Date();
  d.setDate(d.getDate() + 3);
  d.setHours(17, 0, 0, 0);
  return local(d);
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
            min={local(new Date())}
            value={until}
            error={problem}
            onChange={(e) => onChange(e.target.value)}
          />
        </>
      )}
    </fieldset>
  );
}
