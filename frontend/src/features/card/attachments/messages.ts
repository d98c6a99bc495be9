import { defineMessages } from '../../../lib/i18n';

export const t = defineMessages({
  'attach.title': 'Attachments',
  'attach.add': 'Attach a file',
  'attach.hint': 'Drop files on the card, or paste a picture.',
  'attach.drop': 'Drop to attach to {key}',
  'attach.open': 'Look at {name}',
  'attach.download': 'Download {name}',
  'attach.remove': 'Remove {name}',
  'attach.removed': '{name} was removed from {key}',
  'attach.undo': 'Undo',
  'attach.by': '{size} · {name}',
  'attach.sending': 'Sending {name}',
  'attach.percent': '{n} %',
  'attach.stop': 'Stop sending {name}',
  'attach.failed': '{name} was not attached.',
  'attach.again': 'Try again',
  'attach.away': 'The server could not be reached.',
  'attach.dismiss': 'Leave it',
  'attach.done': '{name} is attached to {key}',
  'attach.pasted': 'Pasted picture.{ext}',
  'attach.close': 'Close',
  'attach.prev': 'Previous picture',
  'attach.next': 'Next picture',
  'attach.of': '{n} of {all}',
  'attach.noPicture': 'This picture could not be shown. It can still be downloaded.',
});

/** "2.4 MB" the way this reader writes numbers. */
export function sizeWords(bytes: number): string {
  const [n, unit] =
    bytes < 1_000_000 ? [Math.max(1, bytes / 1000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: n < 10 && unit === 'megabyte' ? 1 : 0,
  }).format(n);
}
