import { Check, CloudOff, Copy, Download, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../../lib/api';
import { copyText } from '../../../lib/copy';
import { useData } from '../../../lib/data';
import { EmptyState } from '../../../ui/EmptyState';
import { AfterAWhile, Bone } from '../../../ui/Skeleton';
import { Markdown } from '../../card/Markdown';
import { t } from '../messages';
import { useRoom } from '../room';
import '../talk.css';

/** What came of it, to read, to take away and to print. */
export function Published() {
  const { view } = useRoom();
  const { id, abandoned } = view.retro;
  const asked = useData<{ markdown: string }>(`/retros/${id}/summary`);
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
    <>
      <div className="rt-take">
        {abandoned && <p className="quiet">{t('rt.abandoned')}</p>}
        <button
          type="button"
          className="btn line"
          disabled={!markdown}
          onClick={async () => {
            setCopied(await copyText(markdown ?? ''));
            setTimeout(() => setCopied(false), 2000);
          }}
        >
          {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          <span aria-live="polite">{t(copied ? 'rt.copied' : 'rt.copy')}</span>
        </button>
        <a className="btn line" href={`/api/v1/retros/${id}/export.csv`} download>
          <Download size={15} aria-hidden />
          {t('rt.csv')}
        </a>
        <button type="button" className="btn line" onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          {t('rt.print')}
        </button>
      </div>
      {asked.isPending && (
        <AfterAWhile>
          <div className="panel rt-card" aria-busy="true">
            <Bone width="60%" height={24} />
            <Bone width="100%" height={180} />
          </div>
        </AfterAWhile>
      )}
      {asked.error && !markdown && (
        <EmptyState
          icon={<CloudOff size={28} />}
          title={t('rt.summaryFailed')}
          action={
            <button type="button" className="btn" onClick={() => void asked.refetch()}>
              {t('rt.again')}
            </button>
          }
        >
          {asked.error.message}
        </EmptyState>
      )}
      {markdown && (
        <article className="panel rt-sum" aria-label={t('rt.summary')}>
          {html === undefined ? <pre>{markdown}</pre> : <Markdown html={html} />}
        </article>
      )}
    </>
  );
}
