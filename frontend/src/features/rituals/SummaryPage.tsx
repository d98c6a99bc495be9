import { Link } from '@tanstack/react-router';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { SummaryActs, SummaryText, useSummary } from '../../ui/Summary';
import { t } from './messages';
import './rituals.css';
import type { RitualView } from './types';

/** What a sitting came to, as it went to the team. */
export function SummaryPage({ seriesId, sittingId }: { seriesId: string; sittingId: string }) {
  const summary = useSummary(`/ritual-sittings/${sittingId}/summary`);
  const series = useData<RitualView>(`/rituals/${seriesId}`).data?.series;
  return (
    <div className="page">
      <PageTitle
        title={t('ri.summary')}
        tab={series ? `${t('ri.summary')}, ${series.name}` : undefined}
        crumb={
          <Link to="/rituals/$series" params={{ series: seriesId } as never}>
            {series?.name ?? t('ri.title')}
          </Link>
        }
      />
      {summary.markdown && (
        <Top place="action">
          <SummaryActs markdown={summary.markdown} />
        </Top>
      )}
      <div className="page-in narrow ri">
        <SummaryText of={summary} label={t('ri.summary')} />
      </div>
    </div>
  );
}
