import { Hourglass, Link2 } from 'lucide-react';
import { shortDay } from '../../../lib/time';
import { t } from './messages';
import { Panel, ToItem } from './parts';
import type { Desk, DeskEnding } from './types';
import { dayWords, toneOf } from './words';

const FIRST = 5;

/** Gaps that were accepted and evidence that is good only until a day: what the teams have to see to, before it blocks. */
export function Ending({ desk }: { desk: Desk }) {
  return (
    <Panel
      id="desk-ending"
      title={t('desk.ending')}
      note={t('desk.ending.next')}
      total={desk.ending.total}
      items={desk.ending.items}
      first={FIRST}
      none={!desk.failed.includes('checklists') && <p className="dk-none quiet">{t('desk.ending.none')}</p>}
      row={(x: DeskEnding) => <Row key={`${x.checklistId} ${x.item}`} x={x} />}
    />
  );
}

function Row({ x }: { x: DeskEnding }) {
  const Icon = x.kind === 'gap' ? Hourglass : Link2;
  return (
    <li className="dk-row">
      <span className="dk-on" data-t={toneOf(x.days)} title={shortDay(x.on)}>
        {x.days < 0 || x.days <= 1 ? dayWords(x.days) : shortDay(x.on)}
      </span>
      <span className="dk-main">
        <span className="dk-title">
          <ToItem list={x.checklistId} item={x.item}>
            {t(`desk.ending.${x.kind}`, { text: x.text || x.question })}
          </ToItem>
        </span>
        <small>{[x.team.name, `${x.name}, ${x.item}`, x.card?.key].filter(Boolean).join(' · ')}</small>
      </span>
      <Icon size={16} aria-hidden className="dk-icon" />
    </li>
  );
}
