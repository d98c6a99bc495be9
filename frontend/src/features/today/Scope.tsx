import { t } from './messages';

/** Whose day it is: mine, or that of all teams to which I stand. */
export function Scope({
  scope,
  onScope,
}: {
  scope: 'mine' | 'all';
  onScope: (scope: 'mine' | 'all') => void;
}) {
  return (
    <fieldset className="seg td-scope">
      <legend className="sr">{t('today.scope')}</legend>
      {(['mine', 'all'] as const).map((s) => (
        <button key={s} type="button" aria-pressed={scope === s} onClick={() => onScope(s)}>
          {t(`today.scope.${s}`)}
        </button>
      ))}
    </fieldset>
  );
}
