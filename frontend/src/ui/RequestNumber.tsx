import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '../lib/api';
import { copyText } from '../lib/copy';
import { tu } from './messages';

/** The number under which the server's log knows a failed request, to be copied and asked about. Nothing when there is none. */
export function RequestNumber({ error }: { error: unknown }) {
  const [copied, setCopied] = useState(false);
  const id = error instanceof ApiError ? error.requestId : undefined;
  if (!id) return null;
  return (
    <button
      type="button"
      className="btn line"
      aria-label={copied ? tu('ui.copied') : tu('ui.copyRequest', { id })}
      onClick={async () => setCopied(await copyText(id))}
    >
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{copied ? tu('ui.copied') : tu('ui.request', { id })}</span>
    </button>
  );
}
