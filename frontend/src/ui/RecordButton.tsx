import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { defineMessages } from '../lib/i18n';
import { Dialog, Field } from './Dialog';

// Fetched with the pages that use it; the shared words would come with the first view.
const t = defineMessages({
  'record.open': 'Record for auditors',
  'record.text':
    'Who answered, understood, asked back, waived, launched, froze or changed what, when and why. With each event its place in the chain of the record, which cannot be changed unseen.',
  'record.all': 'Of all teams.',
  'record.of': 'Of {team}.',
  'record.from': 'From',
  'record.to': 'Last day',
  'record.format': 'As',
  'record.csv': 'CSV, for a spreadsheet',
  'record.json': 'JSON, for a program',
  'record.need': 'The last day is not before the first.',
  'record.cancel': 'Cancel',
  'record.do': 'Download',
});

const key = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Downloads what was decided between two days, of a team or of all. */
export function RecordButton({ team }: { team?: { id: string; name: string } }) {
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(() => key(Date.now() - 90 * 86_400_000));
  const [to, setTo] = useState(() => key(Date.now()));
  const [format, setFormat] = useState('csv');
  const wrong = !from || !to || to < from;
  const query = new URLSearchParams({ from, to, format, ...(team ? { teamId: team.id } : {}) });
  return (
    <>
      <button type="button" className="btn line" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ScrollText size={15} aria-hidden />
        {t('record.open')}
      </button>
      {open && (
        <Dialog
          title={t('record.open')}
          onClose={() => setOpen(false)}
          actions={
            <>
              <button type="button" className="btn line" onClick={() => setOpen(false)}>
                {t('record.cancel')}
              </button>
              {wrong ? (
                <button type="button" className="btn" disabled>
                  {t('record.do')}
                </button>
              ) : (
                <a className="btn" href={`/api/v1/audit?${query}`} download onClick={() => setOpen(false)}>
                  {t('record.do')}
                </a>
              )}
            </>
          }
        >
          <p className="quiet">
            {t('record.text')} {team ? t('record.of', { team: team.name }) : t('record.all')}
          </p>
          <Field label={t('record.from')}>
            <input className="input" type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
          </Field>
          <Field label={t('record.to')} error={to && to < from ? t('record.need') : undefined}>
            <input className="input" type="date" value={to} onChange={(e) => setTo(e.target.value)} />
          </Field>
          <Field label={t('record.format')}>
            <select className="input" value={format} onChange={(e) => setFormat(e.target.value)}>
              <option value="csv">{t('record.csv')}</option>
              <option value="json">{t('record.json')}</option>
            </select>
          </Field>
        </Dialog>
      )}
    </>
  );
}
