import { Download } from 'lucide-react';
import { SummaryActs, SummaryText, useSummary } from '../../../ui/Summary';
import { t } from '../messages';
import { useRoom } from '../room';
import '../talk.css';

/** What came of it, to read, to take away and to print. */
export function Published() {
  const { view } = useRoom();
  const { id, abandoned } = view.retro;
  const summary = useSummary(`/retros/${id}/summary`);
  return (
    <>
      <div className="rt-take">
        {abandoned && <p className="quiet">{t('rt.abandoned')}</p>}
        <SummaryActs markdown={summary.markdown} />
        <a className="btn line" href={`/api/v1/retros/${id}/export.csv`} download>
          <Download size={15} aria-hidden />
          {t('rt.csv')}
        </a>
      </div>
      <SummaryText of={summary} label={t('rt.summary')} />
    </>
  );
}
