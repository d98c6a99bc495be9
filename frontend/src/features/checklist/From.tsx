import { Link } from '@tanstack/react-router';
import { Lightbulb } from 'lucide-react';
import { Fragment } from 'react';
import { t } from './messages';
import type { Origin } from './types';
import { shortDay } from './words';
import './from.css';

type Cited = NonNullable<Origin['source']>;

/** Where a question comes from that was once proposed: what it is after, and why. Nothing for any other. */
export function From({
  of,
  origins = [],
  clamp,
}: {
  of: { proposal?: string };
  origins?: readonly Origin[];
  clamp?: boolean;
}) {
  const from = of.proposal ? origins.find((o) => o.proposal === of.proposal) : undefined;
  if (!from) return null;
  const [before, after] = t(from.source ? 'ck.from' : 'ck.fromNowhere', {
    source: '\n',
    why: from.why,
  }).split('\n', 2);
  return (
    <p className="ck-origin" data-clamp={clamp || undefined}>
      <Lightbulb size={13} aria-hidden />
      <span>
        {before}
        {from.source && (
          <Fragment>
            <Source of={from.source} />
            {after}
          </Fragment>
        )}{' '}
        <small>{t('ck.fromBy', { name: from.by.name, date: shortDay(from.at) })}</small>
      </span>
    </p>
  );
}

/** What a question comes from, with the way there for who may see it. */
export function Source({ of }: { of: Cited }) {
  const { kind, id, title = '', team = '', on } = of;
  if (!id) return t(`ck.from.${kind}`);
  if (kind === 'retro')
    return (
      <Link to="/retro/$retro" params={{ retro: id } as never} className="link" title={title}>
        {t('ck.from.retroOf', { team, date: on ? shortDay(on) : title })}
      </Link>
    );
  return kind === 'card' ? (
    <Link to="/c/$key" params={{ key: id } as never} className="link" title={title}>
      {id}
    </Link>
  ) : (
    <Link to="/checklists/$checklist" params={{ checklist: id } as never} className="link">
      {t('ck.from.checklistOf', { title })}
    </Link>
  );
}
