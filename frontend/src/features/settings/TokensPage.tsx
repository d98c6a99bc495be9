import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { useForm } from '../../lib/form';
import { useMe } from '../../lib/session';
import { absolute, dateWords, relative } from '../../lib/time';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyLine } from '../../ui/CopyLine';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { Loaded } from '../../ui/Loaded';
import { t } from './messages';
import { Part } from './SettingsFrame';

const SCOPES = ['read', 'write', 'live', 'hooks', 'admin'] as const;
type Scope = (typeof SCOPES)[number];

interface Token {
  id: string;
  name: string;
  scopes: string[];
  createdAt: string;
  expiresAt?: string | null;
  lastUsedAt?: string | null;
}

const scopeName = (s: string) =>
  (SCOPES as readonly string[]).includes(s) ? t(`tokens.scope.${s as Scope}`) : s;

export function TokensPage() {
  const query = useData<{ items: Token[] }>('/tokens');
  return (
    <Part title={t('settings.tokens')} text={t('tokens.text')}>
      <Loaded query={query}>
        {({ items }) => (
          <div className="panel">
            {items.length === 0 && <p className="row-a quiet">{t('tokens.none')}</p>}
            <ul className="rows">
              {items.map((token) => (
                <li key={token.id} className="row-a">
                  <KeyRound size={18} aria-hidden />
                  <span className="row-main">
                    {token.name}
                    <small>
                      {token.scopes.map(scopeName).join(', ')} ·{' '}
                      {token.lastUsedAt ? (
                        <span title={absolute(token.lastUsedAt)}>
                          {t('tokens.used', { when: relative(token.lastUsedAt) })}
                        </span>
                      ) : (
                        t('tokens.unused')
                      )}{' '}
                      ·{' '}
                      {token.expiresAt
                        ? t('tokens.until', { date: dateWords(token.expiresAt) })
                        : t('tokens.forever')}
                    </small>
                  </span>
                  <ConfirmButton
                    title={t('tokens.revokeTitle')}
                    text={t('tokens.revokeText', { name: token.name })}
                    verb={t('tokens.revoke')}
                    label={t('tokens.revokeLong', { name: token.name })}
                    run={async () => {
                      await api.del(`/tokens/${token.id}`);
                      await refresh('/tokens');
                    }}
                  >
                    {t('tokens.revoke')}
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Loaded>
      <NewToken />
    </Part>
  );
}

function NewToken() {
  const me = useMe();
  const [secret, setSecret] = useState<string>();
  const form = useForm({
    initial: { name: '', scopes: 'read', expires: '90' },
    checks: {
      name: (v) => !v.trim() && t('tokens.need'),
      scopes: (v) => !v && t('tokens.needScope'),
    },
    submit: async ({ name, scopes, expires }) => {
      const expiresAt =
        expires === 'never' ? undefined : new Date(Date.now() + Number(expires) * 86_400_000).toISOString();
      const made = await api.post<{ secret: string }>('/tokens', {
        name: name.trim(),
        scopes: scopes.split(' '),
        expiresAt,
      });
      setSecret(made.secret);
      form.reset();
      await refresh('/tokens');
    },
  });
  const chosen = form.values.scopes.split(' ').filter(Boolean);
  const offered = SCOPES.filter((s) => s !== 'admin' || me.person.role === 'admin');
  const scopesError = form.field('scopes').error;
  return (
    <form className="panel form" onSubmit={form.submit} noValidate>
      <FormProblem>{form.problem}</FormProblem>
      {secret && (
        <div className="made" role="status">
          <p>{t('tokens.made')}</p>
          <CopyLine text={secret} label={t('tokens.secret')} />
        </div>
      )}
      <div className="form-row">
        <TextField
          {...form.field('name')}
          label={t('tokens.name')}
          hint={t('tokens.nameHint')}
          autoComplete="off"
        />
        <SelectField {...form.field('expires')} label={t('tokens.expires')}>
          {(['30', '90', '365', 'never'] as const).map((d) => (
            <option key={d} value={d}>
              {t(`tokens.expires.${d}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <fieldset aria-describedby={scopesError ? 'scopes-error' : undefined}>
        <legend className="legend">{t('tokens.scopes')}</legend>
        <div className="scopes">
          {offered.map((s) => (
            <label key={s}>
              <input
                type="checkbox"
                checked={chosen.includes(s)}
                onChange={(e) =>
                  form.set(
                    'scopes',
                    (e.target.checked ? [...chosen, s] : chosen.filter((x) => x !== s)).join(' '),
                  )
                }
              />
              {t(`tokens.scope.${s}`)}
            </label>
          ))}
        </div>
        <p className="ff-error" id="scopes-error">
          {scopesError}
        </p>
      </fieldset>
      <div className="form-foot">
        <button type="submit" className="btn line" disabled={form.busy} data-busy={form.busy || undefined}>
          {t('tokens.make')}
        </button>
      </div>
    </form>
  );
}
