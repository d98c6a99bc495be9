import type { AnnounceMode } from '../../lib/announce';
import { chooseKeys } from '../../lib/keys/choose';
import { useOwnKeys } from '../../lib/keys/setting';
import { useStored } from '../../lib/stored';
import { OwnKey } from '../../ui/Kbd';
import { Choice } from './Choice';
import { t } from './messages';
import { Part } from './SettingsFrame';

export function KeyboardPage() {
  const { singles } = useOwnKeys();
  const [said, setSaid] = useStored<AnnounceMode>('announce', 'all');
  return (
    <Part title={t('settings.keyboard')}>
      <div className="panel">
        <div className="row-a">
          <span className="row-main">
            {t('keyboard.singles')}
            <small>{t('keyboard.singles.text')}</small>
          </span>
          <Choice
            label={t('keyboard.singles')}
            value={singles ? 'on' : 'off'}
            onChange={(v) => void chooseKeys({ singles: v === 'on' })}
            options={[
              ['on', t('keyboard.on')],
              ['off', t('keyboard.off')],
            ]}
          />
        </div>
        <div className="row-a">
          <span className="row-main">
            {t('keyboard.announce')}
            <small>{t('keyboard.announce.text')}</small>
          </span>
          <Choice
            label={t('keyboard.announce')}
            value={said}
            onChange={setSaid}
            options={[
              ['all', t('keyboard.announce.all')],
              ['me', t('keyboard.announce.me')],
              ['off', t('keyboard.announce.off')],
            ]}
          />
        </div>
        <p className="row-a quiet small">
          {t('keyboard.map')} <OwnKey of="?" />
        </p>
      </div>
    </Part>
  );
}
