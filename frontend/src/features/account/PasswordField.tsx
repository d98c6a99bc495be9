import { useState } from 'react';
import type { FormField } from '../../lib/form';
import { TextField } from '../../ui/FormField';
import { t } from './messages';

/** A password that can be looked at; pasting and password managers are welcome (3.3.8). */
export function PasswordField({
  label,
  hint,
  fresh,
  ...field
}: FormField & { label?: string; hint?: string /** True for a new password. */; fresh?: boolean }) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...field}
      label={label ?? t('account.password')}
      hint={hint ?? (fresh ? t('account.password.new') : undefined)}
      type={shown ? 'text' : 'password'}
      autoComplete={fresh ? 'new-password' : 'current-password'}
      autoCapitalize="off"
      spellCheck={false}
      end={
        <button
          type="button"
          className="btn line"
          aria-pressed={shown}
          aria-label={t(shown ? 'account.password.hideLong' : 'account.password.showLong')}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'account.password.hide' : 'account.password.show')}
        </button>
      }
    />
  );
}
