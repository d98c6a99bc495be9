import { Link } from '@tanstack/react-router';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { SummaryActs, SummaryText, useSummary } from '../../ui/Summary';
import { t } from './messages';
import './pages.css';
import type { StandupView } from './types';

/** What a standup came to, as it went to the team. */
export function SummaryPage({ seriesId, meetingId }: { seriesId: string; meetingId: string }) {
  const summary = useSummary(`/standups/meetings/${meetingId}/summary`);
  const series = useData<StandupView>(`/standups/${seriesId}`).data?.series;
  return (
    <div className="page">
      <PageTitle
        title={t('sp.summary')}
        tab={series ? `${t('sp.summary')}, ${series.name}` : undefined}
        crumb={
          <Link to="/standup/$series" params={{ series: seriesId } as never}>
            {series?.name ?? t('su.title')}
          </Link>
        }
      />
      {summary.markdown && (
        <Top place="action">
          <SummaryActs markdown={summary.markdown} />
        </Top>
      )}
      <div className="page-in narrow sp">
        <SummaryText of={summary} label={t('sp.summary')} />
      </div>
    </div>
  );
}
