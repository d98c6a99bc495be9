import { useRouter } from '@tanstack/react-router';
import {
  AtSign,
  Bell as BellIcon,
  CalendarPlus,
  ChartSpline,
  CircleCheck,
  ClipboardList,
  Eye,
  HandHelping,
  Handshake,
  HeartPulse,
  ListOrdered,
  type LucideIcon,
  MailOpen,
  MessageCircleQuestionMark,
  MessageSquareReply,
  MessagesSquare,
  NotebookPen,
  OctagonAlert,
  Presentation,
  Rocket,
  Sun,
  TimerReset,
  UserRoundPlus,
} from 'lucide-react';
import { absolute, relative } from '../../lib/time';
import { t } from './messages';
import css from './notice.module.css';
import type { Notice } from './types';
import { markRead, markUnread } from './use-notices';

const ICONS: Record<string, LucideIcon> = {
  'card.mentioned': AtSign,
  'card.assigned': UserRoundPlus,
  'card.watched': Eye,
  'ask.raised': MessageCircleQuestionMark,
  'ask.answered': MessageSquareReply,
  'blocker.raised': OctagonAlert,
  'blocker.promised': Handshake,
  'blocker.due': TimerReset,
  'policy.top_changed': ListOrdered,
  'retro.published': MessagesSquare,
  'retro.due': NotebookPen,
  'ritual.invited': CalendarPlus,
  'standup.asked': Presentation,
  'standup.helped': HandHelping,
  'standup.meeting': CalendarPlus,
  'standup.summary': Presentation,
  'checklist.pushed_back': ClipboardList,
  'checklist.answered': ClipboardList,
  'checklist.not_applicable': ClipboardList,
  'checklist.reminded': ClipboardList,
  'checklist.to_confirm': ClipboardList,
  'checklist.proposed': ClipboardList,
  'checklist.decided': ClipboardList,
  'desk.morning': Sun,
  'flow.weekly': ChartSpline,
  'launch.changed': Rocket,
  'health.opened': HeartPulse,
  'health.revealed': HeartPulse,
};

/** One notice: what happened, who, when; its words open what it is about and so read it. */
export function NoticeRow({
  notice: n,
  list,
  onOpen,
}: {
  notice: Notice;
  list: string;
  onOpen?: () => void;
}) {
  const { history } = useRouter();
  const Icon = ICONS[n.kind] ?? BellIcon;
  const unread = !n.readAt;
  const label = t(unread ? 'notice.markOf' : 'notice.unmarkOf', { title: n.title });
  return (
    <li className={css.row} data-unread={unread || undefined} data-kind={n.kind}>
      <Icon size={17} aria-hidden className={css.icon} />
      <div className={css.words}>
        <a
          href={n.link}
          className={css.title}
          onClick={(e) => {
            if (unread) void markRead(list, [n.id]);
            if (e.metaKey || e.ctrlKey || e.shiftKey) return;
            e.preventDefault();
            onOpen?.();
            history.push(n.link);
          }}
        >
          {n.title}
          {unread && <span className="sr">, {t('notice.isUnread')}</span>}
        </a>
        {n.text && <p className={css.text}>{n.text}</p>}
        <p className={css.meta}>
          {n.actorName && `${t('notice.by', { name: n.actorName })} · `}
          <time dateTime={n.at} title={absolute(n.at)}>
            {relative(n.at)}
          </time>
        </p>
      </div>
      <button
        type="button"
        className={`btn ghost sm icon ${css.tick}`}
        aria-label={label}
        title={t(unread ? 'notice.mark' : 'notice.unmark')}
        onClick={() => void (unread ? markRead : markUnread)(list, [n.id])}
      >
        {unread ? <CircleCheck size={16} aria-hidden /> : <MailOpen size={16} aria-hidden />}
      </button>
    </li>
  );
}
