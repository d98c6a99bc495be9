import { num } from '../../lib/i18n';
import { t } from './messages';

export interface ImportAnswer {
  boardId?: string;
  boardName: string;
  source: string;
  dryRun: boolean;
  counts: Record<string, number>;
  kept: { what: string; count: number }[];
  changed: { what: string; count: number; why: string }[];
  dropped: { what: string; count: number; why: string }[];
  alreadyThere: number;
}

const known = (key: string, n: number): string => {
  const words = t(`port.count.${key}` as 'port.count.cards', { n });
  // a count that this page has no word for yet: "todoItems" reads as "todo items"
  return words.startsWith('port.') ? key.replace(/([A-Z])/g, ' $1').toLowerCase() : words;
};

/** Everything in the file came with an earlier import. */
export const nothingNew = (a: ImportAnswer): boolean =>
  a.alreadyThere > 0 && a.kept.length + a.changed.length + a.dropped.length === 0;

/** What an import keeps, changes and leaves out, with the reasons. */
export function Report({ answer }: { answer: ImportAnswer }) {
  const counts = Object.entries(answer.counts).filter(([, n]) => n > 0);
  return (
    <section className="report" aria-label={t(answer.dryRun ? 'port.report' : 'port.report.done')}>
      <ul className="counts">
        {counts.map(([key, n]) => (
          <li key={key} data-sub={/Archived$|^cards.|^backward/.test(key) || undefined}>
            <b className="num">{num(n)}</b> {known(key, n)}
          </li>
        ))}
      </ul>
      {answer.alreadyThere > 0 && (
        <p className="report-note">
          {t(answer.dryRun ? 'port.already' : 'port.already.done', { n: answer.alreadyThere })}
        </p>
      )}
      {!nothingNew(answer) && (
        <>
          <Part name="kept" lines={answer.kept} />
          <Part name="changed" lines={answer.changed} />
          <Part name="dropped" lines={answer.dropped} />
        </>
      )}
    </section>
  );
}

function Part({
  name,
  lines,
}: {
  name: 'kept' | 'changed' | 'dropped';
  lines: { what: string; count: number; why?: string }[];
}) {
  return (
    <section className="panel report-part" data-t={name}>
      <h3 className="h2">
        {t(`port.${name}`)} <span className="count">{lines.length}</span>
      </h3>
      {lines.length === 0 ? (
        <p className="quiet">{t('port.none')}</p>
      ) : (
        <ul>
          {lines.map((l) => (
            <li key={`${l.what}${l.why ?? ''}`}>
              <b className="num">{num(l.count)}</b>
              <span>
                {l.what}
                {l.why && <small>{l.why}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
