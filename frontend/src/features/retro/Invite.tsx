import { CopyLine } from '../../ui/CopyLine';
import { Dialog } from '../../ui/Dialog';
import { Qr } from '../../ui/Qr';
import { t } from './messages';
import type { Head } from './types';

/** The ways in for those who sit in the room. */
export function Invite({ head, onClose }: { head: Head; onClose: () => void }) {
  const url = `${window.location.origin}/retro/${head.id}`;
  const code = head.code ?? '';
  return (
    <Dialog title={t('rt.invite')} onClose={onClose} width={400}>
      <div className="rt-invite">
        <Qr url={url} label={t('rt.invite.qr', { url })} />
        <p>{t('rt.invite.text', { team: head.teamName })}</p>
        <p className="rt-code">
          <span className="quiet">{t('rt.invite.code')}</span>{' '}
          <b>
            {code.slice(0, 3)} {code.slice(3)}
          </b>
        </p>
        <CopyLine text={url} label={t('rt.invite.link')} />
      </div>
    </Dialog>
  );
}
