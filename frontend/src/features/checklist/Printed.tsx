import { dateWords } from '../../lib/time';
import { excusedWords } from '../../ui/excused';
import { Answered, Explained, Understood } from './ItemRow';
import { t } from './messages';
import { useRoom } from './room';
import { TopicBar } from './TopicBar';
import { countWords, serviceNames, shortDay, stateWord } from './words';
import './print.css';

/** All topics for paper: no chrome, the words beside the shapes. */
export function Printed() {
  const { view } = useRoom();
  return (
    <div className="ck-print">
      <h1>{view.name}</h1>
      <p>
        {[
          view.team.name,
          view.card?.key,
          t(`ck.level.${view.level}`),
          t(`ck.phase.${view.phase}`),
          view.launchOn && t('ck.launchOnDay', { date: dateWords(view.launchOn) }),
          t('ck.templateAt', { name: view.template.name, n: view.template.version }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {view.services.length > 0 && (
        <p>
          {t(view.services.length > 1 ? 'ck.services' : 'ck.service')}: {serviceNames(view)}
        </p>
      )}
      {(view.frozenAt || view.archivedAt) && (
        <p>
          {view.frozenAt
            ? t('ck.frozen', {
                date: shortDay(view.frozenAt),
                template: t('ck.templateAt', { name: view.template.name, n: view.template.version }),
              })
            : t('ck.archived', { date: shortDay(view.archivedAt ?? '') })}
        </p>
      )}
      <p>
        <b>{view.blocking > 0 ? `${t('ck.blocking')} ${view.blocking}` : t('ck.clear')}</b>{' '}
        {view.blocking > 0 && countWords(view.counts)}
      </p>
      {view.excused && <p>{excusedWords(view.excused)}</p>}
      {view.topics.map((topic) => (
        <section key={topic.key}>
          <h2>
            {topic.name}
            {topic.blocking > 0 && <em> {t('ck.topicBlocks', { n: topic.blocking })}</em>}
          </h2>
          <TopicBar topic={topic} />
          <ol>
            {topic.items.map((item) => (
              <li key={item.key}>
                <b>{item.key}</b>
                <div className="ck-q">
                  <h3>
                    {item.question} <i>{stateWord(item)}</i>
                  </h3>
                  <Answered item={item} paper />
                </div>
                <Explained item={item} />
                <Understood item={item} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
