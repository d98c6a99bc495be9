import type { Discipline } from '../../api/types';
import { defineMessages } from '../../lib/i18n';
import { absolute, relative } from '../../lib/time';
import { DiscIcon } from '../../ui/DiscIcon';
import css from './card.module.css';
import { useRoom } from './context';

const t = defineMessages({
  'card.shown': 'Shown',
  'card.shown.operations': 'to operations',
  'card.shown.security': 'to security',
  'card.shown.product': 'to product',
  'card.shownBy': '{name}, {when}',
});

/** To whom the result was shown in a demo. */
export function Shown() {
  const shown = useRoom().detail?.shown;
  if (!shown?.length) return null;
  return (
    <section className={css.part} aria-label={t('card.shown')}>
      <div className={css.partHead}>
        <h3>{t('card.shown')}</h3>
      </div>
      <ul>
        {shown.map((s) => (
          <li key={s.audience}>
            <DiscIcon d={s.audience as Discipline} size={14} decorative /> {t(`card.shown.${s.audience}`)}
            {s.note && ` · ${s.note}`}{' '}
            <small className="quiet" title={absolute(s.at)}>
              {t('card.shownBy', { name: s.byName, when: relative(s.at) })}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
