import { GitCompareArrows } from 'lucide-react';
import { EmptyState } from '../../../ui/EmptyState';
import { From } from '../From';
import { type Changes, changesOf } from './draft';
import { t } from './messages';
import type { Question, Template } from './types';
import { aboutWords, fieldWords } from './words';

/** What the draft changes against the newest version. */
export function ChangesView({ view, items }: { view: Template; items: readonly Question[] }) {
  const changes = changesOf(view.newest ? view.items : [], items);
  if (changes.items.length === 0 && !changes.moved)
    return (
      <EmptyState icon={<GitCompareArrows size={28} />} title={t('ct.noChanges')}>
        {t('ct.noChangesText', { n: view.newest })}
      </EmptyState>
    );
  return (
    <section className="ct-narrow">
      <h2 className="h2 ctl-h">
        {view.newest ? t('ct.changesAgainst', { n: view.newest }) : t('ct.changesFirst')}
      </h2>
      <div className="panel">
        <ChangeList changes={changes} topics={view.topics} origins={view.origins} />
      </div>
    </section>
  );
}

/** Changes one by one: the field, how it was and how it is. */
export function ChangeList({
  changes,
  topics,
  origins,
}: {
  changes: Changes;
  topics: Template['topics'];
  origins: Template['origins'];
}) {
  return (
    <ul className="ct-changes">
      {changes.items.map((c) => (
        <li key={c.key}>
          <p>
            <b className="ck-key">{c.key}</b>
            <span className="pill" data-t={c.kind === 'retired' ? undefined : 'acc'}>
              {t(`ct.change.${c.kind}`)}
            </span>
            {!c.fields.includes('question') && <span className="ct-cq">{c.is.question}</span>}
          </p>
          {c.kind === 'added' && <p className="ct-about">{aboutWords(c.is)}</p>}
          {c.kind === 'added' && <From of={c.is} origins={origins} />}
          {c.was && c.fields.length > 0 && (
            <dl>
              {c.fields.map((f) => (
                <div key={f}>
                  <dt>{t(`ct.f.${f}`)}</dt>
                  <dd>
                    <del>{fieldWords(c.was as Question, f, topics)}</del>{' '}
                    <ins>{fieldWords(c.is, f, topics)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
      {changes.moved && <li className="ct-about">{t('ct.orderMoved')}</li>}
    </ul>
  );
}
