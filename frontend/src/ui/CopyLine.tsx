import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../lib/copy';
import { tu } from './messages';
import './form.css';

/** Something to take away: an address or a secret, in full, with a button that copies it. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="copyline">
      <input
        className="input mono"
        readOnly
        value={text}
        aria-label={label}
        onFocus={(e) => e.currentTarget.select()}
      />
      <button
        type="button"
        className="btn line"
        onClick={async () => {
          setCopied(await copyText(text));
          setTimeout(() => setCopied(false), 2000);
        }}
      >
        {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        <span aria-live="polite">{copied ? tu('ui.copied') : tu('ui.copy')}</span>
      </button>
    </div>
  );
}
