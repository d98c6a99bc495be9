import { useState } from 'react';
import { api } from '../../lib/api';
import { useTabTitle } from '../../lib/page';
import { Door } from './Door';
import { t } from './messages';

/** Where the link at the foot of a mail leads: asks, because a link that is merely followed shall change nothing. */
export function NoMailPage({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(token ? '' : t('account.noMail.broken'));
  const title = t(done ? 'account.noMail.done' : 'account.noMail.title');
  useTabTitle(title);
  const end = async () => {
    setBusy(true);
    setProblem('');
    try {
      await api.post(`/notices/no-mail?t=${encodeURIComponent(token)}`);
      setDone(true);
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  return (
    <Door title={title} sub={t(done ? 'account.noMail.doneText' : 'account.noMail.text')}>
      <div className="panel form" role="status">
        {problem && (
          <div role="alert" className="ff-problem">
            {problem}
          </div>
        )}
        {!done && token && (
          <button
            type="button"
            className="btn big"
            disabled={busy}
            data-busy={busy || undefined}
            onClick={() => void end()}
          >
            {t('account.noMail.do')}
          </button>
        )}
        <a className="btn line big" href="/settings/notices">
          {t(done ? 'account.noMail.settings' : 'account.noMail.choose')}
        </a>
      </div>
    </Door>
  );
}
