import { Avatar } from '../../ui/Avatar';
import { Dialog } from '../../ui/Dialog';
import { t } from './messages';
import { useRoom } from './room';

/** Who turns the page: several may, one always does. */
export function Leaders({ onClose }: { onClose: () => void }) {
  const { view, retro } = useRoom();
  const leading = view.people.filter((p) => p.facilitator).length;
  return (
    <Dialog title={t('rt.leaders')} onClose={onClose} width={400}>
      <p>{t('rt.leaders.text')}</p>
      <ul className="rows rt-leaders">
        {view.people.map((p) => {
          const last = p.facilitator && leading === 1;
          return (
            <li key={p.id} className="row-a">
              <Avatar person={p} size={28} decorative />
              <span className="row-main">{p.name}</span>
              <button
                type="button"
                className="chip plain"
                aria-pressed={p.facilitator}
                aria-disabled={last || undefined}
                aria-label={`${p.name} ${t('rt.leads')}${last ? `, ${t('rt.leaders.no')}` : ''}`}
                onClick={() =>
                  !last &&
                  void retro.ask(`/retros/${retro.id}/facilitators`, {
                    personId: p.id,
                    facilitator: !p.facilitator,
                  })
                }
              >
                {t('rt.leads')}
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
