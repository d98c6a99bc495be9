import type { LucideIcon } from 'lucide-react';
import {
  ArrowRight,
  CalendarClock,
  Check,
  CircleParking,
  HandHelping,
  Hourglass,
  OctagonX,
  PhoneCall,
  Rocket,
  Scale,
  Snowflake,
  Undo2,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { localDay } from '../../../lib/local-input';
import { dateWords, moment, shortDay } from '../../../lib/time';
import { t } from '../messages';
import type { Brief as BriefData, Meeting, OnCall, StandupView } from '../types';

interface Line {
  icon: LucideIcon;
  tone?: 'bad' | 'warn' | 'ok';
  head: string;
  text?: string;
}
const ROWS = 6;

interface Said {
  key: string;
  title: string;
}
const named = (list: readonly Said[], tail = list[0]?.title ?? ''): string => `${list[0]?.key} ${tail}`;

/** What the record holds since last time, the worst first. */
export function briefLines(b: BriefData): Line[] {
  const n = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  const { expedite, blocked, due, returned, asks, finished, launches } = b;
  const freeze = b.freezes?.[0];
  const ask = asks?.[0];
  const lines: (Line | false | undefined | 0)[] = [
    expedite?.length && {
      icon: Zap,
      tone: 'bad',
      head: t('su.brief.expedite', { n: n(expedite) }),
      text: named(expedite),
    },
    blocked?.length && {
      icon: OctagonX,
      tone: 'bad',
      head: t('su.brief.blocked', { n: n(blocked) }),
      text: named(blocked, blocked[0]?.reason || undefined),
    },
    due?.length && {
      icon: CalendarClock,
      tone: 'warn',
      head: t('su.brief.due', { n: n(due), date: dateWords(due[0]!.on) }),
      text: named(due),
    },
    returned?.length && {
      icon: Undo2,
      tone: 'warn',
      head: t('su.brief.returned', { n: n(returned) }),
      text: named(returned, returned[0]?.reason || undefined),
    },
    launches?.length && {
      icon: Rocket,
      tone: launches[0]?.reason?.startsWith('blocking') ? 'warn' : undefined,
      head: t('su.brief.launches', { n: n(launches), date: dateWords(launches[0]!.on) }),
      text: [launches[0]?.reason, launches[0]?.title].filter(Boolean).join(', '),
    },
    freeze && {
      icon: Snowflake,
      tone: 'warn',
      head: t('su.brief.freeze', { from: shortDay(freeze.on), to: shortDay(freeze.from) }),
      text: freeze.title,
    },
    b.gapsOver && { icon: Hourglass, tone: 'warn', head: t('su.brief.gapsOver', { n: b.gapsOver }) },
    b.ranOut && { icon: Hourglass, tone: 'warn', head: t('su.brief.ranOut', { n: b.ranOut }) },
    ask && {
      icon: HandHelping,
      head: t('su.brief.asks', { n: n(asks) }),
      text: ask.from ? `${ask.from}: ${ask.title}` : named([ask]),
    },
    finished?.length && {
      icon: Check,
      tone: 'ok',
      head: t('su.brief.finished', { n: n(finished) }),
      text: named(finished),
    },
    b.overrides && { icon: Scale, tone: 'warn', head: t('su.brief.overrides', { n: b.overrides }) },
    b.unblocked && { icon: Check, tone: 'ok', head: t('su.brief.unblocked', { n: b.unblocked }) },
    (b.started || b.moved) && {
      icon: ArrowRight,
      head: t('su.brief.flow', { started: b.started ?? 0, moved: b.moved ?? 0 }),
    },
    b.parked && { icon: CircleParking, head: t('su.brief.parked', { n: b.parked }) },
  ];
  return lines.filter((l): l is Line => Boolean(l));
}

export function Brief({
  view,
  meeting,
  now,
  qr,
}: {
  view: StandupView;
  meeting: Meeting;
  now: number;
  qr: ReactNode;
}) {
  const brief = meeting.brief;
  const lines = brief ? briefLines(brief) : [];
  return (
    <>
      <section className="tv-now" aria-label={t('su.now')}>
        <div className="tv-now-h">
          <span className="path">
            <b>{t('su.brief')}</b>
            {brief && ` ${t('su.briefSince', { when: sinceWords(brief.since, now) })}`}
          </span>
        </div>
        {lines.length === 0 ? (
          <h2>{t('su.briefQuiet')}</h2>
        ) : (
          <ul className="tv-list brief">
            {lines.slice(0, ROWS).map(({ icon: Icon, tone, head, text }) => (
              <li key={head} data-t={tone}>
                <Icon size="1em" aria-hidden />
                <strong>{head}</strong>
                {text && <span>{text}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="tv-next" aria-label={t('su.onCall')}>
        <OnCallList onCall={view.onCall} most={3} />
        <div className="tv-qr">
          {qr}
          <p>
            <strong>{t('su.takeRemote')}</strong>
            <span>{t('su.takeRemoteText')}</span>
          </p>
        </div>
      </section>
    </>
  );
}

export function OnCallList({ onCall, most }: { onCall: readonly OnCall[]; most: number }) {
  return (
    <>
      <h3>{t('su.onCall')}</h3>
      <ul className="tv-list oncall">
        {onCall.length === 0 && <li className="quiet">{t('su.onCallNobody')}</li>}
        {onCall.slice(0, most).map((o) => (
          <li key={`${o.role}${o.service}${o.name}`}>
            <PhoneCall size="1em" aria-hidden />
            <strong>{o.name}</strong>
            <span>{[t(`su.role.${o.role}`), o.service].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const DAY = 86_400_000;
function sinceWords(at: string, now: number): string {
  return now - Date.parse(at) > 6 * DAY ? dateWords(localDay(at), now) : moment(at);
}
