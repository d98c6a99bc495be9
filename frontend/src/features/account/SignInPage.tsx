import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../../lib/api';
import { useForm } from '../../lib/form';
import { useTabTitle } from '../../lib/page';
import { loadSession } from '../../lib/session';
import { Avatar } from '../../ui/Avatar';
import { FormProblem, TextField } from '../../ui/FormField';
import { emailCheck } from './checks';
import { Door } from './Door';
import { t } from './messages';
import { PasswordField } from './PasswordField';

export interface SetUp {
  needed: boolean;
  workspace: string;
  demo: boolean;
  demoAccounts?: { email: string; password: string; name: string; role: string; hue: number }[];
}

const roleName = (role: string) =>
  /^(admin|manager|member|guest)$/.test(role) ? t(`account.role.${role}` as never) : role;

/** `onIn`: somebody is signed in. `onSetUp`: there is nobody yet who could. */
export function SignInPage({ onIn, onSetUp }: { onIn: () => void; onSetUp: () => void }) {
  const [setUp, setSetUp] = useState<SetUp>();
  const [known, setKnown] = useState(false); // what stands above the form; until then it would be pushed down
  const [coming, setComing] = useState<string>();
  useTabTitle(t('account.signIn.title'));
  useEffect(() => {
    const late = setTimeout(() => setKnown(true), 1_500);
    api
      .get<SetUp>('/setup')
      .then(
        (s) => {
          if (s.needed) onSetUp();
          setSetUp(s);
        },
        () => {}, // the form works without; its own request will say what is wrong
      )
      .finally(() => setKnown(true));
    return () => clearTimeout(late);
  }, [onSetUp]);

  const enter = async (email: string, password: string) => {
    await api.post('/session', { email, password });
    await loadSession();
    onIn();
  };
  const form = useForm({
    initial: { email: '', password: '' },
    checks: { email: emailCheck, password: (v) => !v && t('account.need.password') },
    submit: (v) => enter(v.email.trim(), v.password),
  });
  const demo = setUp?.demo ? (setUp.demoAccounts ?? []) : [];
  const [demoProblem, setDemoProblem] = useState<string>();

  if (!known) return <main className="door" id="page" aria-busy="true" />;
  return (
    <Door
      title={t('account.signIn.title')}
      sub={setUp?.workspace && t('account.signIn.to', { workspace: setUp.workspace })}
    >
      {demo.length > 0 && (
        <section className="panel demo" aria-labelledby="demo">
          <h2 id="demo">{t('account.demo.title')}</h2>
          <p>{t('account.demo.text')}</p>
          <FormProblem>{demoProblem}</FormProblem>
          <ul>
            {demo.map((a) => (
              <li key={a.email}>
                <button
                  type="button"
                  className="demo-a"
                  disabled={coming !== undefined}
                  data-busy={coming === a.email || undefined}
                  onClick={async () => {
                    setComing(a.email);
                    setDemoProblem(undefined);
                    await enter(a.email, a.password).catch((e: Error) => setDemoProblem(e.message));
                    setComing(undefined);
                  }}
                >
                  <Avatar person={{ name: a.name, hue: a.hue }} size={32} decorative />
                  <span>
                    <span className="sr">
                      {t('account.demo.as', { name: a.name, role: roleName(a.role) })}
                    </span>
                    <span aria-hidden="true">{a.name}</span>
                    <small aria-hidden="true">
                      {roleName(a.role)} · {a.email}
                    </small>
                  </span>
                  <ChevronRight size={16} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form className="panel form" onSubmit={form.submit} noValidate>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          {...form.field('email')}
          label={t('account.email')}
          type="email"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
        />
        <PasswordField {...form.field('password')} />
        <button type="submit" className="btn big" disabled={form.busy} data-busy={form.busy || undefined}>
          {t(form.busy ? 'account.signIn.busy' : 'account.signIn.do')}
        </button>
        <p className="door-note">{t('account.signIn.help')}</p>
      </form>
    </Door>
  );
}
