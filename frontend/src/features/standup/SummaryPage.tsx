import { Link } from '@tanstack/react-router';
import { Check, CloudOff, Copy, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api';
import { copyText } from '../../lib/copy';
import { useData } from '../../lib/data';
import { PageTitle, Top } from '../../lib/page';
import { EmptyState } from '../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../ui/Skeleton';
import { Markdown } from '../card/Markdown';
import { t } from './messages';
import './pages.css';
import type { StandupView } from './types';

/** What a standup came to, as it went to the team. */
export function SummaryPage({ seriesId, meetingId }: { seriesId: string; meetingId: string }) {
  const asked = useData<{ markdown: string }>(`/standups/meetings/${meetingId}/summary`);
  const series = useData<StandupView>(`/standups/${seriesId}`).data?.series;
  const markdown = asked.data?.markdown;
  const [html, setHtml] = useState<string>();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!markdown) return;
    const stop = new AbortController();
    api.post<{ html: string }>('/markdown', { text: markdown }, { signal: stop.signal }).then(
      (r) => setHtml(r.html),
      () => {}, // the words themselves are shown then
    );
    return () => stop.abort();
  }, [markdown]);
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
      {markdown && (
        <Top place="action">
          <button
            type="button"
            className="btn line"
            onClick={async () => {
              setCopied(await copyText(markdown));
              setTimeout(() => setCopied(false), 2000);
            }}
          >
            {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
            <span className="btn-word" aria-live="polite">
              {t(copied ? 'sp.copied' : 'sp.copy')}
            </span>
          </button>
          <button type="button" className="btn line" onClick={() => window.print()}>
            <Printer size={15} aria-hidden />
            <span className="btn-word">{t('sp.printed')}</span>
          </button>
        </Top>
      )}
      <div className="page-in narrow sp">
        {asked.isPending && (
          <AfterAWhile>
            <div className="panel sp-pad" aria-busy="true">
              <Bone width="60%" height={24} />
              <Bone width="100%" height={180} />
            </div>
          </AfterAWhile>
        )}
        {asked.error && !markdown && (
          <EmptyState
            icon={<CloudOff size={28} />}
            title={asked.error.message}
            action={
              <button type="button" className="btn" onClick={() => void asked.refetch()}>
                {t('sp.retry')}
              </button>
            }
          />
        )}
        {markdown && (
          <article className="panel sp-sum">
            {html === undefined ? <pre>{markdown}</pre> : <Markdown html={html} />}
          </article>
        )}
      </div>
    </div>
  );
}
