import { CalendarPlus, Send } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { BoardListItem } from '../../api/types';
import { api } from '../../lib/api';
import { refresh, useData } from '../../lib/data';
import { readDraft, writeDraft } from '../../lib/drafts';
import { useForm } from '../../lib/form';
import { useKept } from '../../lib/kept';
import { instant, localInput } from '../../lib/local-input';
import { toast } from '../../lib/notify';
import { hasRight, useMe } from '../../lib/session';
import { relative } from '../../lib/time';
import { FormProblem, SelectField, TextField } from '../../ui/FormField';
import { QuickDays } from '../../ui/QuickDays';
import { t } from './messages';
import { SitFields } from './SitFields';
import type { Ask, NewAsk, Outlook } from './types';

interface TeamItem {
  id: string;
  key: string;
  name: string;
}

const DRAFT = 'ask';
const BLANK = { team: '', title: '', description: '', neededBy: '' };
const NO_SIT = { a: '', b: '', minutes: 30 };

/** What the form is filled with. */
interface Begun {
  said: typeof BLANK;
  sit: typeof NO_SIT;
  board?: string;
}

/** What was half written when the page was left. */
function began(): Begun | undefined {
  try {
    return JSON.parse(readDraft(DRAFT)?.text ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** One short form: whom, what, and if it helps two times to sit together. */
export function AskForm({ team, onTeam }: { team?: string; onTeam: (id: string) => void }) {
  const me = useMe();
  const { data: teams } = useData<{ items: TeamItem[] }>('/teams');
  const { data: boards } = useData<{ items: BoardListItem[] }>('/boards');
  const { data: outlook } = useData<Outlook>(team ? `/teams/${team}/asks/outlook` : null);
  const mine = (boards?.items ?? []).filter(
    (b) => b.teamId !== team && hasRight(me, b.teamId, 'worker') && me.teams.some((x) => x.id === b.teamId),
  );
  const [before] = useState(began);
  const [sit, setSit] = useState(before?.sit ?? NO_SIT);
  const [sitError, setSitError] = useState<string>();
  const [board, setBoard] = useState(before?.board);
  const kept = useKept(DRAFT);
  const [opened] = useState(sit.a !== '' || sit.b !== '');
  const area = useId();
  const name = teams?.items.find((x) => x.id === team)?.name;
  const shownOn = board ?? mine[0]?.id ?? '';
  const form = useForm({
    initial: { ...BLANK, ...before?.said, team: team ?? before?.said.team ?? '' },
    checks: {
      team: () => !team && t('ask.need.team'),
      title: (v) => !v.trim() && t('ask.need.what'),
    },
    submit: async ({ title, description, neededBy }) => {
      const times = [instant(sit.a), instant(sit.b)].filter((x) => x !== undefined);
      setSitError(undefined);
      if (times.length === 1) {
        setSitError(t('ask.sit.both'));
        return;
      }
      const body: NewAsk = {
        title: title.trim(),
        ...(description.trim() ? { description: description.trim() } : {}),
        ...(neededBy ? { neededBy } : {}),
        ...(shownOn ? { forBoardId: shownOn } : {}),
        ...(times.length ? { times, minutes: sit.minutes } : {}),
      };
      const made = await api.post<Ask>(`/teams/${team}/asks`, body);
      toast({ text: t('ask.raised', { n: made.place ?? 1, team: made.teamName }) });
      blank();
      await refresh('/asks', '/teams/');
    },
  });
  const more = form.field('description');
  const blank = () => {
    form.reset({ ...BLANK, team: team ?? '' });
    setSit(NO_SIT);
    setBoard(undefined);
    kept.taken();
  };
  const { title, description, neededBy } = form.values;
  const draft: Begun = { said: { team: team ?? '', title, description, neededBy }, sit, board };
  const text = title || description || neededBy || sit.a || sit.b ? JSON.stringify(draft) : '';
  useEffect(() => writeDraft(DRAFT, { text }), [text]);
  const teamBefore = before?.said.team;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, for the draft that the page began with
  useEffect(() => {
    if (!team && teamBefore) onTeam(teamBefore);
  }, []);
  return (
    <form className="panel ask-form" onSubmit={form.submit} noValidate>
      {kept.draft && (
        <p className="ask-draft" role="status">
          <span>{t('ask.draft', { when: relative(kept.draft.at) })}</span>
          <button type="button" className="btn ghost sm" onClick={blank}>
            {t('ask.draft.discard')}
          </button>
        </p>
      )}
      <SelectField
        {...form.field('team')}
        label={t('ask.team')}
        value={team ?? ''}
        onChange={(e) => {
          onTeam(e.currentTarget.value);
          form.field('team').onChange(e);
        }}
      >
        <option value="">{t('ask.team.choose')}</option>
        {(teams?.items ?? []).map((x) => (
          <option key={x.id} value={x.id}>
            {x.name}
          </option>
        ))}
      </SelectField>
      {outlook && <Prospect outlook={outlook} />}
      <TextField {...form.field('title')} label={t('ask.what')} hint={t('ask.what.hint')} maxLength={300} />
      <div className="ff">
        <label htmlFor={area}>
          {t('ask.more')} <span className="ff-aside">{t('ask.optional')}</span>
        </label>
        <textarea
          id={area}
          className="input"
          name={more.name}
          value={more.value}
          rows={4}
          onChange={more.onChange}
          aria-describedby={`${area}-hint`}
        />
        <p id={`${area}-hint`} className="ff-hint">
          {t('ask.more.hint')}
        </p>
      </div>
      <TextField
        {...form.field('neededBy')}
        type="date"
        label={t('ask.by')}
        aside={t('ask.optional')}
        min={localInput(new Date()).slice(0, 10)}
        below={<QuickDays value={neededBy} onPick={(day) => form.set('neededBy', day)} />}
      />
      {mine.length > 0 && (
        <SelectField
          name="for"
          error={undefined}
          label={t('ask.for')}
          value={shownOn}
          onChange={(e) => setBoard(e.currentTarget.value)}
        >
          {mine.map((b) => (
            <option key={b.id} value={b.id}>
              {b.teamName}, {b.name}
            </option>
          ))}
          <option value="">{t('ask.for.none')}</option>
        </SelectField>
      )}
      <details className="ask-sit" open={opened}>
        <summary>
          <CalendarPlus size={15} aria-hidden />
          {t('ask.sit')}
          <span className="ff-aside">{t('ask.optional')}</span>
        </summary>
        <p className="ff-hint">{t('ask.sit.hint')}</p>
        <SitFields {...sit} error={sitError} onChange={(next) => setSit((old) => ({ ...old, ...next }))} />
      </details>
      <FormProblem>{form.problem}</FormProblem>
      <div className="ask-do">
        <button
          type="submit"
          className="btn"
          disabled={outlook?.ready === false}
          data-busy={form.busy || undefined}
        >
          <Send size={15} aria-hidden />
          {name ? t('ask.do', { team: name }) : t('ask.do.any')}
        </button>
      </div>
    </form>
  );
}

/** What to expect before asking: the place and what history says, or that it is too early to say. */
function Prospect({ outlook }: { outlook: Outlook }) {
  if (!outlook.ready) return <p className="ask-outlook">{t('ask.outlook.none')}</p>;
  const { expected: e, waiting } = outlook;
  return (
    <p className="ask-outlook">
      <b>{waiting === 0 ? t('ask.outlook.first') : t('ask.outlook', { n: waiting + 1 })}</b>{' '}
      {e.few
        ? t('ask.outlook.few', { n: e.n })
        : t('ask.outlook.days', { percent: e.percent ?? 85, days: e.days ?? 0, n: e.n })}
    </p>
  );
}
