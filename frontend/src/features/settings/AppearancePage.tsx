import { useScheme } from '../../lib/scheme';
import { Choice } from './Choice';
import { t } from './messages';
import { Part } from './SettingsFrame';

export function AppearancePage() {
  const [scheme, setScheme] = useScheme();
  return (
    <Part title={t('settings.appearance')}>
      <div className="panel">
        <div className="row-a">
          <span className="row-main">{t('appearance.scheme')}</span>
          <Choice
            label={t('appearance.scheme')}
            value={scheme}
            onChange={setScheme}
            options={[
              ['auto', t('appearance.auto')],
              ['light', t('appearance.light')],
              ['dark', t('appearance.dark')],
            ]}
          />
        </div>
        <p className="row-a quiet small">{t('appearance.motion')}</p>
        <p className="row-a quiet small">{t('appearance.density')}</p>
      </div>
    </Part>
  );
}
