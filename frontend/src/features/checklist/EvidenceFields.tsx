import { Plus, X } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useData } from '../../lib/data';
import { lazyPart } from '../../lib/lazy';
import { serverNow } from '../../lib/server-clock';
import { Avatar } from '../../ui/Avatar';
import { OtherPerson } from '../../ui/OtherPerson';
import { blank } from './AnswerEditor';
import { FactField } from './FactField';
import { FileField } from './FileField';
import { t } from './messages';
import { faultOf, isBlank } from './proof';
import { useRoom } from './room';
import { EVIDENCE, type Face, type Item, type Proof, type Service } from './types';
import { kindWords } from './words';

const Drawing = lazyPart(() => import('./drawing/Drawing').then((m) => m.Drawing));

/** The typed evidence of an answer. */
export function EvidenceFields({
  item,
  evidence,
  people,
  tried,
  onChange,
}: {
  item: Item;
  evidence: readonly Proof[];
  people: readonly Face[];
  tried: boolean;
  onChange: (evidence: Proof[]) => void;
}) {
  const put = (at: number, next: Partial<Proof>) =>
    onChange(
      evidence.map((p, i) =>
        // what is another one now was not looked at when the old one was
        i === at ? { ...p, ...('value' in next && { verifiedOn: undefined }), ...next } : p,
      ),
    );
  const onCard = !!useRoom().view.card;
  const drop = (at: number) => onChange(evidence.filter((_, i) => i !== at));
  const wordsDo = item.evidence.includes('text');
  const [added, setAdded] = useState<number>();
  const wantsPeople = item.evidence.includes('person') || evidence.some((p) => p.type === 'person');
  // a check's result is read from the card
  const first = EVIDENCE.filter((e) => e !== 'text' && item.evidence.includes(e) && (e !== 'auto' || onCard));
  const rest = EVIDENCE.filter((e) => e !== 'text' && e !== 'auto' && !item.evidence.includes(e));
  return (
    <fieldset className="ck-evs">
      <legend title={wordsDo ? undefined : t('ck.editorAsksMore')}>
        {wordsDo ? t('ck.editorEvidence') : t('ck.editorAsks', { kinds: kindWords(item.evidence) })}
      </legend>
      {evidence.map(
        (p, i) =>
          p.type !== 'person' && (
            <OneField
              // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no other name while it is written
              key={i}
              proof={p}
              expires={!!item.ttlDays}
              tried={tried}
              isNew={i === added}
              onChange={(next) => put(i, next)}
              onDrop={() => drop(i)}
            />
          ),
      )}
      {wantsPeople && (
        <PeopleField
          people={item.people ? people : []}
          chosen={evidence.filter((p) => p.type === 'person')}
          onChange={(chosen) => onChange([...evidence.filter((p) => p.type !== 'person'), ...chosen])}
        />
      )}
      <p className="ck-add">
        <span className="small quiet">{t('ck.addMore')}</span>
        {[...first, ...rest].map(
          (type) =>
            !(type === 'person' && wantsPeople) && (
              <button
                key={type}
                type="button"
                className="btn ghost sm"
                onClick={() => {
                  setAdded(evidence.length);
                  onChange([...evidence, type === 'person' ? { type, value: '' } : blank(type, item)]);
                }}
              >
                <Plus size={13} aria-hidden />
                {t(`ck.add.${type}`)}
              </button>
            ),
        )}
      </p>
    </fieldset>
  );
}

function Labelled({
  label,
  children,
  wide,
}: {
  label: string;
  children: (id: string) => ReactNode;
  wide?: boolean;
}) {
  const id = useId();
  return (
    <span className="ck-f" data-wide={wide || undefined}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  );
}

function OneField({
  proof: p,
  expires,
  tried,
  isNew,
  onChange,
  onDrop,
}: {
  proof: Proof;
  expires: boolean;
  tried: boolean;
  /** Somebody has just asked for it: it is where they write. */
  isNew: boolean;
  onChange: (next: Partial<Proof>) => void;
  onDrop: () => void;
}) {
  const all = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNew) all.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [isNew]);
  const wrong = tried && !isBlank(p) ? faultOf(p) : undefined;
  const field = (
    label: string,
    name: 'value' | 'label' | 'unit',
    more: Partial<React.InputHTMLAttributes<HTMLInputElement>> = {},
    wide?: boolean,
  ) => (
    <Labelled label={label} wide={wide}>
      {(id) => (
        <input
          id={id}
          className="input sm"
          maxLength={2000}
          value={p[name] ?? ''}
          aria-invalid={(name === 'value' && wrong !== undefined) || undefined}
          onChange={(e) => onChange({ [name]: e.target.value || (name === 'value' ? '' : undefined) })}
          {...more}
        />
      )}
    </Labelled>
  );
  return (
    <div ref={all} className="ck-field" data-type={p.type}>
      {p.type === 'file' && <FileField proof={p} onChange={onChange} />}
      {p.type === 'link' && (
        <>
          {field(t('ck.linkUrl'), 'value', { placeholder: 'https://', inputMode: 'url' }, true)}
          {field(t('ck.linkLabel'), 'label')}
        </>
      )}
      {p.type === 'number' && (
        <>
          {field(t('ck.number'), 'value', { inputMode: 'decimal' })}
          {field(t('ck.unit'), 'unit', { maxLength: 40 })}
          {field(t('ck.numberLabel'), 'label', {}, true)}
        </>
      )}
      {p.type === 'date' && (
        <>
          {field(t('ck.date'), 'value', { type: 'date' })}
          {field(t('ck.dateLabel'), 'label', {}, true)}
        </>
      )}
      {p.type === 'auto' && <FactField proof={p} onChange={onChange} />}
      {p.type === 'text' && field(t('ck.add.text'), 'value', {}, true)}
      {expires && p.type !== 'date' && p.type !== 'auto' && (
        <Labelled label={t('ck.verified')}>
          {(id) => (
            <input
              id={id}
              className="input sm"
              type="date"
              max={new Date(serverNow()).toLocaleDateString('sv')}
              value={p.verifiedOn ?? ''}
              onChange={(e) => onChange({ verifiedOn: e.target.value || undefined })}
            />
          )}
        </Labelled>
      )}
      {p.type === 'diagram' && <DiagramField source={p.value} onChange={(value) => onChange({ value })} />}
      <button
        type="button"
        className="btn ghost sm icon"
        aria-label={t('ck.remove', { what: t(`ck.add.${p.type}`) })}
        onClick={onDrop}
      >
        <X size={14} aria-hidden />
      </button>
      {p.type === 'link' && !p.value && (
        <LinksToHand
          onPick={(link) => {
            onChange(link);
            all.current?.querySelector('input')?.focus();
          }}
        />
      )}
      {wrong && <span className="field-error">{wrong}</span>}
    </div>
  );
}

/** What the services' pages link to, as their runbook: nobody looks an address up twice. */
function LinksToHand({ onPick }: { onPick: (link: Partial<Proof>) => void }) {
  const { view } = useRoom();
  const services = useData<{ items: Service[] }>(view.services.length > 0 ? '/services' : null).data?.items;
  const at = services?.filter((s) => s.links.length > 0 && view.services.some((v) => v.id === s.id));
  return at?.map((s) => (
    <p key={s.id} className="ck-links">
      <span className="small quiet">{t('ck.linksOf', { name: s.name })}</span>
      {s.links.map((l) => (
        <button
          key={l.url}
          type="button"
          className="btn ghost sm"
          title={l.url}
          onClick={() => onPick({ value: l.url, label: l.label })}
        >
          {l.label}
        </button>
      ))}
    </p>
  ));
}

/** Source left, drawing right. */
function DiagramField({ source, onChange }: { source: string; onChange: (source: string) => void }) {
  const id = useId();
  return (
    <div className="ck-dia">
      <div>
        <label htmlFor={id}>{t('ck.source')}</label>
        <textarea
          id={id}
          className="input mono"
          rows={source ? 8 : 3}
          spellCheck={false}
          maxLength={20_000}
          placeholder={'flowchart LR\n  Browser -->|TLS| Edge --> API'}
          value={source}
          onChange={(e) => onChange(e.target.value)}
        />
        <p className="small quiet">{t('ck.sourceHint')}</p>
      </div>
      {source.trim() && (
        <Suspense fallback={<div className="ck-draw" aria-busy="true" />}>
          <Drawing source={source} writing />
        </Suspense>
      )}
    </div>
  );
}

/** Where several are asked for, `people` are offered at once; anybody else by name. */
function PeopleField({
  people,
  chosen,
  onChange,
}: {
  people: readonly Face[];
  chosen: readonly Proof[];
  onChange: (chosen: Proof[]) => void;
}) {
  const known = new Set(people.map((p) => p.id));
  const others = chosen.filter((c) => c.person && !known.has(c.person.id)).map((c) => c.person!);
  return (
    <fieldset>
      <legend>{t('ck.add.person')}</legend>
      <div className="ck-people">
        {[...people, ...others].map((p) => (
          <label key={p.id}>
            <input
              type="checkbox"
              checked={chosen.some((c) => c.personId === p.id)}
              onChange={(e) =>
                onChange(
                  e.target.checked
                    ? [
                        ...chosen.filter((c) => c.personId),
                        { type: 'person', value: p.name, personId: p.id, person: p },
                      ]
                    : chosen.filter((c) => c.personId !== p.id),
                )
              }
            />
            <Avatar person={p} decorative /> {p.name}
          </label>
        ))}
      </div>
      <OtherPerson
        label={t(people.length > 0 ? 'ck.otherPerson' : 'ck.addPerson')}
        known={new Set([...known, ...others.map((p) => p.id)])}
        onPick={(p) =>
          onChange([
            ...chosen.filter((c) => c.personId),
            { type: 'person', value: p.name, personId: p.id, person: { hue: 0, ...p } },
          ])
        }
      />
    </fieldset>
  );
}
