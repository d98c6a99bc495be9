import { Menu } from '@mantine/core';
import { GripVertical, MoreHorizontal } from 'lucide-react';
import { toast } from '../../../lib/notify';
import { useRowDrag } from '../../../ui/use-row-drag';
import { From } from '../From';
import { type Change, type Clash, faultOf } from './draft';
import type { DraftKeeper } from './keeper';
import { t } from './messages';
import { QuestionForm } from './QuestionForm';
import type { Question, Template } from './types';
import { aboutWords, fieldWords } from './words';
import '../../../ui/menu.css';

interface Props {
  q: Question;
  all: readonly Question[];
  topics: Template['topics'];
  origins: Template['origins'];
  kind?: Change['kind'];
  /** It was never published: it can be taken out. */
  fresh: boolean;
  clashes: readonly Clash[];
  keeper?: DraftKeeper;
  open: boolean;
  onOpen: (open: boolean) => void;
  onDrop: (key: string, beside: string, after: boolean) => void;
  /** The neighbours, as they are shown. */
  up?: string;
  down?: string;
  first?: string;
}

/** A question of a template: what is asked, of whom and when; opened, it is written. */
export function QuestionRow(p: Props) {
  const { q, keeper, open, onOpen, up, down } = p;
  const [row, drag] = useRowDrag('questions', q.key, !!keeper && !open, (key, after) =>
    p.onDrop(key, q.key, after),
  );
  const bad = keeper && faultOf(q, p.all);
  const title = q.question.trim() || t('ct.untitled');
  const patch = (change: Partial<Question>) =>
    keeper?.edit((all) => all.map((x) => (x.key === q.key ? { ...x, ...change } : x)));
  const takeOut = () => {
    const was = [...p.all];
    keeper?.edit((all) => all.filter((x) => x.key !== q.key));
    toast({
      text: t('ct.takenOut', { key: q.key }),
      action: { label: t('ct.undo'), run: () => keeper?.edit(() => was) },
    });
  };
  const asks = p.all.some((x) => x.when?.item === q.key);
  return (
    <li
      ref={row}
      className="ct-q"
      data-key={q.key}
      data-held={drag === 'held' || undefined}
      data-edge={drag === 'top' || drag === 'bottom' ? drag : undefined}
      data-gone={q.retired || undefined}
      data-open={open || undefined}
    >
      {keeper && <GripVertical className="ct-grip" size={15} aria-hidden />}
      <span className="ck-key">{q.key}</span>
      <div className="ct-what">
        <h3>
          {keeper ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => onOpen(!open)}
              onKeyDown={(e) => {
                if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
                const beside = e.key === 'ArrowUp' ? up : down;
                e.preventDefault();
                if (beside) p.onDrop(q.key, beside, e.key === 'ArrowDown');
              }}
            >
              {title}
            </button>
          ) : (
            title
          )}
          {p.kind && (
            <span className="pill" data-t={p.kind === 'retired' ? undefined : 'acc'}>
              {t(`ct.change.${p.kind}`)}
            </span>
          )}
          {q.retired && !p.kind && <span className="pill">{t('ct.change.retired')}</span>}
          {bad && !open && (
            <span className="pill" data-t="bad">
              {t(`ct.bad.${bad}`)}
            </span>
          )}
        </h3>
        {!open && q.help && <p className="ct-help">{q.help}</p>}
        {!open && <p className="ct-about">{aboutWords(q)}</p>}
        <From of={q} origins={p.origins} clamp={!open} />
        {p.clashes.map((c) => (
          <div key={c.field} className="ct-clash" role="status">
            <p>{t('ct.clash', { theirs: fieldWords(c.theirs, c.field, p.topics) })}</p>
            <button type="button" className="btn line sm" onClick={() => keeper?.settle(c, false)}>
              {t('ct.clashKeep')}
            </button>
            <button type="button" className="btn line sm" onClick={() => keeper?.settle(c, true)}>
              {t('ct.clashTake')}
            </button>
          </div>
        ))}
        {open && keeper && (
          <QuestionForm q={q} all={p.all} topics={p.topics} onChange={patch} onDone={() => onOpen(false)} />
        )}
      </div>
      {keeper && (
        <Menu position="bottom-end" withinPortal returnFocus width={200}>
          <Menu.Target>
            <button type="button" className="btn ghost sm icon" aria-label={t('ct.menu', { key: q.key })}>
              <MoreHorizontal size={16} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {!open && <Menu.Item onClick={() => onOpen(true)}>{t('ct.edit', { key: q.key })}</Menu.Item>}
            <Menu.Item disabled={!up} onClick={() => p.first && p.onDrop(q.key, p.first, false)}>
              {t('ct.top')}
            </Menu.Item>
            <Menu.Item disabled={!up} onClick={() => up && p.onDrop(q.key, up, false)}>
              {t('ct.up')}
            </Menu.Item>
            <Menu.Item disabled={!down} onClick={() => down && p.onDrop(q.key, down, true)}>
              {t('ct.down')}
            </Menu.Item>
            {p.fresh && !asks ? (
              <Menu.Item onClick={takeOut}>{t('ct.takeOut')}</Menu.Item>
            ) : (
              <Menu.Item onClick={() => patch({ retired: !q.retired })}>
                {t(q.retired ? 'ct.bringItem' : 'ct.retireItem')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
