import { Check, CloudOff, Copy, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../lib/api';
import { copyText } from '../lib/copy';
import { useData } from '../lib/data';
import { defineMessages } from '../lib/i18n';
import { EmptyState } from './EmptyState';
import { Markdown } from './Markdown';
import { RequestNumber } from './RequestNumber';
import { AfterAWhile, Bone } from './Skeleton';
import './summary.css';

const t = defineMessages({
  'sum.copy': 'Copy as Markdown',
  'sum.copied': 'Copied',
  'sum.print': 'Print',
  'sum.failed': 'The summary could not be read.',
  'sum.retry': 'Try again',
});

export interface Summary {
  markdown?: string;
  /** As the server renders it; absent while it is asked, and when it does not answer. */
  html?: string;
  error: Error | null;
  again: () => void;
}

/** What a meeting came to: GET `path` answers it as Markdown. */
export function useSummary(path: string): Summary {
  const { data, error, refetch } = useData<{ markdown: string }>(path);
  const markdown = data?.markdown;
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    if (!markdown) return;
    const stop = new AbortController();
    api.post<{ html: string }>('/markdown', { text: markdown }, { signal: stop.signal }).then(
      (r) => setHtml(r.html),
      () => {}, // the words themselves are shown then
    );
    return () => stop.abort();
  }, [markdown]);
  return { markdown, html, error, again: () => void refetch() };
}

/** To take it away, and onto paper. */
export function SummaryActs({ markdown }: Pick<Summary, 'markdown'>) {
  const [copied, setCopied] = useState(false);
  return (
    <>
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
        <span className="btn-word" aria-live="polite">
          {t(copied ? 'sum.copied' : 'sum.copy')}
        </span>
      </button>
      <button type="button" className="btn line" disabled={!markdown} onClick={() => window.print()}>
        <Printer size={15} aria-hidden />
        <span className="btn-word">{t('sum.print')}</span>
      </button>
    </>
  );
}

/** The keys of cards, which a summary sets in bold, lead to them. */
export const linked = (html: string): string =>
  html.replace(/<strong>([A-Z][A-Z0-9]*-\d+)<\/strong>/g, '<strong><a href="/c/$1">$1</a></strong>');

/** The text, or that it is still read, or that it could not be. */
export function SummaryText({ of, label }: { of: Summary; label: string }) {
  if (of.markdown !== undefined)
    return (
      <article className="panel summary" aria-label={label}>
        {of.html === undefined ? <pre>{of.markdown}</pre> : <Markdown html={linked(of.html)} />}
      </article>
    );
  if (of.error)
    return (
      <EmptyState
        icon={<CloudOff size={28} />}
        title={t('sum.failed')}
        action={
          <>
            <button type="button" className="btn" onClick={of.again}>
              {t('sum.retry')}
            </button>
            <RequestNumber error={of.error} />
          </>
        }
      >
        {of.error.message}
      </EmptyState>
    );
  return (
    <AfterAWhile>
      <div className="panel summary" aria-busy="true">
        <Bone width="60%" height={24} />
        <Bone width="100%" height={180} />
      </div>
    </AfterAWhile>
  );
}
