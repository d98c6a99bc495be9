import { History } from 'lucide-react';
import { useState } from 'react';
import { useData } from '../../../lib/data';
import { EmptyState } from '../../../ui/EmptyState';
import { Loaded } from '../../../ui/Loaded';
import { shortDay } from '../words';
import { ChangeList } from './Changes';
import { changesOf } from './draft';
import { t } from './messages';
import { Questions } from './Questions';
import type { Where } from './TemplatePage';
import type { Published, Template } from './types';

/** What was published, the newest first: each with its note, what it changed, and its questions. */
export function Versions({ view, onShow }: { view: Template; onShow: (number: number) => void }) {
  const [open, setOpen] = useState<number>();
  if (view.versions.length === 0)
    return (
      <EmptyState icon={<History size={28} />} title={t('ct.versionsNone')}>
        {t('ct.changesFirst')}
      </EmptyState>
    );
  return (
    <div className="ct-narrow">
      <ul className="panel rows">
        {view.versions.map((v) => (
          <li key={v.number} className="ct-v">
            <div className="ct-vh">
              <p>
                <b>{t('ct.version', { n: v.number })}</b>
                <small>{byWords(v)}</small>
              </p>
              {v.number > 1 && (
                <button
                  type="button"
                  className="btn line sm"
                  aria-expanded={open === v.number}
                  onClick={() => setOpen(open === v.number ? undefined : v.number)}
                >
                  {t('ct.versionWhat')}
                </button>
              )}
              <button type="button" className="btn line sm" onClick={() => onShow(v.number)}>
                {t('ct.versionShow')}
              </button>
            </div>
            {v.by && v.note && <p className="ct-why">{v.note}</p>}
            {open === v.number && <What view={view} number={v.number} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

const byWords = (v: Published): string =>
  v.by && v.at ? t('ct.versionOf', { name: v.by.name, date: shortDay(v.at) }) : t('ct.versionShipped');

const at = (id: string, number: number) => `/checklist-templates/${id}?version=${number}`;

function What({ view, number }: { view: Template; number: number }) {
  const is = useData<Template>(at(view.id, number));
  const was = useData<Template>(at(view.id, number - 1));
  return (
    <Loaded query={was}>
      {(before) => (
        <Loaded query={is}>
          {(now) => (
            <ChangeList
              changes={changesOf(before.items, now.items)}
              topics={view.topics}
              origins={now.origins}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** The questions of a version as it was published. */
export function VersionQuestions({
  view,
  number,
  where,
  onWhere,
}: {
  view: Template;
  number: number;
  where: Where;
  onWhere: (next: Where) => void;
}) {
  const query = useData<Template>(at(view.id, number));
  return (
    <>
      <p className="ck-note">
        <History size={15} aria-hidden />
        <span>{t('ct.looking', { n: number })}</span>
        <button type="button" className="btn line sm" onClick={() => onWhere({ view: 'versions' })}>
          {t('ct.lookingBack')}
        </button>
      </p>
      <Loaded query={query} failed={t('ct.error')}>
        {(v) => (
          <Questions
            view={v}
            items={v.items}
            topic={where.topic}
            onTopic={(topic) => onWhere({ ...where, topic })}
          />
        )}
      </Loaded>
    </>
  );
}
