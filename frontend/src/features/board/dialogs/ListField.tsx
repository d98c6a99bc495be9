import type { ListPolicy } from '../../../api/types';
import { useData } from '../../../lib/data';
import { Field } from '../../../ui/Dialog';
import { tu } from '../../../ui/messages';
import { t } from '../messages-dialogs';

export type ListDraft = Pick<ListPolicy, 'level' | 'phase' | 'templateId'>;

const LEVELS = ['light', 'standard', 'critical'] as const;
const PHASES = ['design', 'pre_prod', 'post_launch'] as const;

export const sameList = (a?: ListDraft, b?: ListDraft): boolean =>
  a?.level === b?.level && a?.phase === b?.phase && (a?.templateId ?? '') === (b?.templateId ?? '');

/** Which liaison checklist a column asks of a card that comes in, if any. */
export function ListField({
  value,
  teamId,
  named,
  onChange,
}: {
  value?: ListDraft;
  teamId: string;
  /** The template as the column has it, should it be none of those offered any more. */
  named?: ListPolicy;
  onChange: (next?: ListDraft) => void;
}) {
  const { data } = useData<{ items: { id: string; name: string; newest: number; retiredAt?: string }[] }>(
    value ? `/checklist-templates?teamId=${teamId}` : null,
  );
  const offered = (data?.items ?? []).filter((x) => !x.retiredAt && x.newest > 0);
  const gone = value?.templateId && !offered.some((x) => x.id === value.templateId);
  return (
    <>
      <Field label={t('board.list')} hint={t(value ? 'board.listHint' : 'board.listHintNone')}>
        <select
          className="input"
          value={value?.level ?? ''}
          onChange={(e) => {
            const level = LEVELS.find((l) => l === e.target.value);
            onChange(level && { ...value, level, phase: value?.phase ?? 'pre_prod' });
          }}
        >
          <option value="">{t('board.listNone')}</option>
          {LEVELS.map((l) => (
            <option key={l} value={l}>
              {t('board.listLevel', { level: tu(`ui.list.level.${l}`) })}
            </option>
          ))}
        </select>
      </Field>
      {value && (
        <div className="field-row">
          <Field label={t('board.listPhase')}>
            <select
              className="input"
              value={value.phase}
              onChange={(e) =>
                onChange({ ...value, phase: PHASES.find((p) => p === e.target.value) ?? 'design' })
              }
            >
              {PHASES.map((p) => (
                <option key={p} value={p}>
                  {t(`board.listPhase.${p}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('board.listTemplate')}>
            <select
              className="input"
              value={value.templateId ?? ''}
              onChange={(e) => onChange({ ...value, templateId: e.target.value || undefined })}
            >
              <option value="">{t('board.listAny')}</option>
              {gone && <option value={value.templateId}>{named?.template}</option>}
              {offered.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.name}
                </option>
              ))}
            </select>
          </Field>
        </div>
      )}
    </>
  );
}
