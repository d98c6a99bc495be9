import { CircleCheck, ClipboardList, OctagonX, Zap } from 'lucide-react';
import { Go } from '../../../ui/Go';
import { t } from './messages';
import { boardPath, Column, Disciplines, Marks, Oldest } from './Parts';
import type { WallBoard } from './types';

/** One board of so many of its team: the worst of it in words, its columns as beams, and what has been too much for how long. */
export function BoardPanel({ board: b, ofTeam }: { board: WallBoard; ofTeam: number }) {
  return (
    <li className="panel wl-board" data-t={b.tone} data-wall-board={b.id}>
      <header className="wl-head">
        <h2>
          {ofTeam > 1 ? (
            <>
              <Go
                to={`/flow/boards?team=${b.teamId}`}
                className="wl-team"
                title={t('wall.ofTeam', { n: ofTeam })}
              >
                {b.teamName}
              </Go>{' '}
              <Go to={`/b/${b.id}/flow`} className="wl-link">
                <small>{b.name}</small>
              </Go>
            </>
          ) : (
            <Go to={`/b/${b.id}/flow`} className="wl-link">
              {b.teamName} <small>{b.name}</small>
            </Go>
          )}
        </h2>
        <p className="wl-say">
          {b.tone === 'fine' && <CircleCheck size={15} aria-hidden />}
          {b.past > 0 ? <Go to={boardPath(b.id, 'quick=over')}>{b.say}</Go> : b.say}
        </p>
        <Go to={boardPath(b.id, 'quick=wip')} className="wl-wip">
          <span className="sr">{t('wall.wip.sr', { n: b.wip, board: b.name })}</span>
          <small aria-hidden="true">{t('wall.wip')}</small>
          <b aria-hidden="true">{b.wip}</b>
        </Go>
      </header>
      <p className="wl-mix">
        <Disciplines board={b} />
        {!!b.expedite && (
          <span className="wl-disc" title={t('wall.expedite', { n: b.expedite })}>
            <Zap size={15} aria-hidden />
            {b.expedite}
            <span className="sr"> {t('wall.expedite.sr')}</span>
          </span>
        )}
        {b.risk > 0 && (
          <Go to={boardPath(b.id, 'quick=aging')} className="wl-sle">
            {t('wall.risk', { n: b.risk })}
          </Go>
        )}
      </p>
      {b.columns.length > 0 && (
        <ol className="wl-cols">
          {b.columns.map((c) => (
            <Column key={c.id} column={c} height={42} />
          ))}
        </ol>
      )}
      <dl className="wl-foot">
        <div>
          <dt>{t('wall.over')}</dt>
          <dd>
            <Marks over={b.over} />
            <span className="sr">{t('wall.over.sr', { n: b.over.days })}</span>
            <span aria-hidden="true">{t('wall.over.days', { n: b.over.days })}</span>
          </dd>
        </div>
        <div>
          <dt>{t('wall.oldest')}</dt>
          <dd>
            <Oldest board={b} />
          </dd>
        </div>
        <div className="wl-ends">
          <dt className="sr">{t('wall.waiting')}</dt>
          <dd data-on={b.waiting > 0 || undefined}>
            <ClipboardList size={15} aria-hidden />
            <span>
              <b>{b.waiting || t('wall.none')}</b> {t('wall.for')}
            </span>
          </dd>
          <dt className="sr">{t('wall.blocked')}</dt>
          <dd data-on={b.outside > 0 ? 'bad' : undefined}>
            <OctagonX size={15} aria-hidden />
            {b.outside > 0 ? (
              <Go to={boardPath(b.id, 'quick=blocked')}>
                <b>{b.outside}</b> {t('wall.outside')}
              </Go>
            ) : (
              <span>
                <b>{t('wall.none')}</b> {t('wall.outside')}
              </span>
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}
