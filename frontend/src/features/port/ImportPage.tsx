import { FileUp } from 'lucide-react';
import { type DragEvent, type FormEvent, useRef, useState } from 'react';
import { ApiError, api } from '../../lib/api';
import { refresh } from '../../lib/data';
import { PageTitle } from '../../lib/page';
import { hasRight, useMe } from '../../lib/session';
import { EmptyState } from '../../ui/EmptyState';
import { FormProblem, SelectField } from '../../ui/FormField';
import { t } from './messages';
import './port.css';
import { type ImportAnswer, nothingNew, Report } from './Report';

const SOURCES = ['trello', 'trestle'] as const;
type Source = (typeof SOURCES)[number];
type Step =
  | { at: 'form' }
  | { at: 'busy'; dryRun: boolean; sent: number }
  | { at: 'report'; answer: ImportAnswer };

const sizeWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

export function ImportPage({ teamId, openBoard }: { teamId?: string; openBoard: (id: string) => void }) {
  const me = useMe();
  const teams = me.teams.filter((team) => hasRight(me, team.id, 'lead'));
  const [team, setTeam] = useState(
    teamId && teams.some((x) => x.id === teamId) ? teamId : (teams[0]?.id ?? ''),
  );
  const [source, setSource] = useState<Source>('trello');
  const [file, setFile] = useState<File>();
  const [step, setStep] = useState<Step>({ at: 'form' });
  const [problem, setProblem] = useState<{ said: string; requestId?: string }>();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const pick = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setProblem(undefined);
    setStep({ at: 'form' });
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    pick(e.dataTransfer.files[0]);
  };

  const send = async (dryRun: boolean, e?: FormEvent) => {
    e?.preventDefault();
    if (!file) return setProblem({ said: t('port.need.file') });
    if (!/\.json$/i.test(file.name)) return setProblem({ said: t('port.need.json', { name: file.name }) });
    const form = new FormData();
    form.set('source', source);
    form.set('teamId', team);
    form.set('dryRun', String(dryRun));
    form.set('file', file);
    setProblem(undefined);
    setStep({ at: 'busy', dryRun, sent: 0 });
    try {
      const answer = await api.upload<ImportAnswer>('/imports', form, (sent) =>
        setStep({ at: 'busy', dryRun, sent }),
      );
      setStep({ at: 'report', answer });
      if (!dryRun) await refresh('/boards');
    } catch (error) {
      setStep({ at: 'form' });
      setProblem({
        said: error instanceof Error ? error.message : String(error),
        requestId: error instanceof ApiError ? error.requestId : undefined,
      });
    }
  };

  if (teams.length === 0)
    return (
      <div className="page">
        <PageTitle title={t('port.title')} />
        <EmptyState icon={<FileUp size={30} />} title={t('port.noTeam')} />
      </div>
    );

  const answer = step.at === 'report' ? step.answer : undefined;
  const done = answer && !answer.dryRun;
  return (
    <div className="page">
      <PageTitle title={t('port.title')} />
      <div className="page-in narrow port">
        {!done && (
          <>
            <p className="lead">{t('port.lead')}</p>
            <form className="panel form port-form" onSubmit={(e) => void send(true, e)} noValidate>
              {problem && (
                <FormProblem>
                  {problem.said} {problem.requestId && <code>{problem.requestId}</code>}
                </FormProblem>
              )}
              <fieldset
                className="dropzone"
                data-over={over || undefined}
                onDragOver={(e) => {
                  e.preventDefault();
                  setOver(true);
                }}
                onDragLeave={() => setOver(false)}
                onDrop={drop}
              >
                <legend className="sr">{t('port.file')}</legend>
                <FileUp size={22} aria-hidden />
                <span className="row-main">
                  {file
                    ? t('port.file.size', { name: file.name, size: sizeWords(file.size) })
                    : t('port.file.drop')}
                </span>
                <button type="button" className="btn line" onClick={() => input.current?.click()}>
                  {t(file ? 'port.file.other' : 'port.file.pick')}
                </button>
                <input
                  ref={input}
                  type="file"
                  className="sr"
                  tabIndex={-1}
                  accept=".json,application/json"
                  aria-label={t('port.file')}
                  onChange={(e) => {
                    pick(e.target.files?.[0]);
                    e.target.value = '';
                  }}
                />
              </fieldset>
              <div className="form-row">
                <SelectField
                  name="source"
                  value={source}
                  error={undefined}
                  label={t('port.source')}
                  hint={t(`port.source.${source}.how`)}
                  onChange={(e) => {
                    setSource(e.target.value as Source);
                    setStep({ at: 'form' });
                  }}
                >
                  {SOURCES.map((s) => (
                    <option key={s} value={s}>
                      {t(`port.source.${s}`)}
                    </option>
                  ))}
                </SelectField>
                <SelectField
                  name="team"
                  value={team}
                  error={undefined}
                  label={t('port.team')}
                  hint={t('port.team.hint')}
                  onChange={(e) => {
                    setTeam(e.target.value);
                    setStep({ at: 'form' });
                  }}
                >
                  {teams.map((x) => (
                    <option key={x.id} value={x.id}>
                      {x.name} ({x.key})
                    </option>
                  ))}
                </SelectField>
              </div>
              {step.at === 'busy' && <Progress sent={step.sent} dryRun={step.dryRun} />}
              <div className="form-foot">
                <button
                  type="submit"
                  className={answer ? 'btn line' : 'btn'}
                  disabled={step.at === 'busy' || !file}
                >
                  {t('port.dry')}
                </button>
              </div>
            </form>
          </>
        )}
        {answer && (
          <>
            <header className="report-head">
              <h2>
                {nothingNew(answer)
                  ? t('port.nothingNew')
                  : done
                    ? t('port.done', { name: answer.boardName })
                    : t('port.report')}
              </h2>
              {done || nothingNew(answer) ? (
                <>
                  <button
                    type="button"
                    className="btn line"
                    onClick={() => {
                      setFile(undefined);
                      setStep({ at: 'form' });
                    }}
                  >
                    {t('port.again')}
                  </button>
                  {answer.boardId && (
                    <button type="button" className="btn" onClick={() => openBoard(answer.boardId!)}>
                      {t('port.open')}
                    </button>
                  )}
                </>
              ) : (
                <button type="button" className="btn" onClick={() => void send(false)}>
                  {t('port.do', { name: answer.boardName })}
                </button>
              )}
            </header>
            <Report answer={answer} />
          </>
        )}
      </div>
    </div>
  );
}

function Progress({ sent, dryRun }: { sent: number; dryRun: boolean }) {
  const words =
    sent < 1
      ? t('port.sending', { percent: Math.round(sent * 100) })
      : t(dryRun ? 'port.reading' : 'port.doing');
  return (
    <div className="progress">
      <span role="status">{words}</span>
      <progress max={1} value={sent < 1 ? sent : undefined} aria-label={words} />
    </div>
  );
}
