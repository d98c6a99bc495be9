import { Popover } from '@mantine/core';
import { CalendarRange, Layers } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { CARD_CLASSES, CARD_TYPES } from '../../../api/types';
import { serverNow } from '../../../lib/server-clock';
import { browserZone, dateText, dayOf, dayOfDate, shortDay } from '../../../lib/time';
import '../../../ui/menu.css';
import { t } from '../messages';
import type { Why } from '../types';
import { useFlow } from './context';
import { useMeasure } from './use-measure';

const PRESETS = [30, 90, 180, 365] as const;

/** Over which days, and which cards. */
export function WindowTools() {
  const { says } = useFlow();
  // every answer says its window; this one is asked for anyway
  const why = useMeasure<{ why: Why }>(says).data?.why;
  return (
    <>
      <Days from={why?.from} to={why?.to} zone={why?.timeZone} />
      <Kinds />
    </>
  );
}

function Days({ from, to, zone }: { from?: string; to?: string; zone?: string }) {
  const { search, set } = useFlow();
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState<{ from: string; to: string }>();
  const words =
    from && to
      ? t('fl.window', { from: shortDay(from), to: shortDay(to), n: dayOfDate(to) - dayOfDate(from) + 1 })
      : t('fl.window.reading');
  const now = dayOf(serverNow(), zone ?? browserZone());
  const choose = (next: { from?: string; to?: string }) => {
    set(next);
    setOpen(false);
  };
  const form = own ?? { from: from ?? '', to: to ?? '' };
  const wrong = form.from !== '' && form.to !== '' && form.to < form.from;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={330}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className="btn ghost"
          aria-haspopup="dialog"
          aria-label={t('fl.window.choose', { words })}
          onClick={() => {
            setOwn(undefined);
            setOpen((o) => !o);
          }}
        >
          <CalendarRange size={15} aria-hidden />
          <span className="num">{words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="fl-pop" aria-label={t('fl.window.choose', { words })}>
        <div className="fl-presets">
          {PRESETS.map((n) => {
            const chosen =
              n === 90 ? !search.from && !search.to : !search.to && search.from === dateText(now - n + 1);
            return (
              <button
                key={n}
                type="button"
                className="chip plain"
                aria-pressed={chosen}
                onClick={() => choose({ from: n === 90 ? undefined : dateText(now - n + 1), to: undefined })}
              >
                {n === 365 ? t('fl.window.year') : t('fl.window.last', { n })}
              </button>
            );
          })}
        </div>
        <form
          className="fl-own"
          onSubmit={(e: FormEvent) => {
            e.preventDefault();
            if (!wrong) choose({ from: form.from || undefined, to: form.to || undefined });
          }}
        >
          {(['from', 'to'] as const).map((x) => (
            <label key={x} className="field">
              <span className="field-label">{t(`fl.window.${x}`)}</span>
              <input
                className="input sm"
                type="date"
                value={form[x]}
                aria-invalid={wrong || undefined}
                onChange={(e) => setOwn({ ...form, [x]: e.target.value })}
              />
            </label>
          ))}
          {wrong && (
            <p className="field-error" role="alert">
              {t('fl.window.wrong')}
            </p>
          )}
          <button type="submit" className="btn line" disabled={wrong}>
            {t('fl.window.show')}
          </button>
        </form>
        <p className="small quiet fl-hint">{t('fl.window.drag')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

const split = (text: string | undefined) => (text ?? '').split(',').filter(Boolean);

/** Which classes of service and types count. */
function Kinds() {
  const { search, set } = useFlow();
  const classes = split(search.class);
  const types = split(search.type);
  const toggle = (field: 'class' | 'type', all: readonly string[], one: string) => {
    const had = split(search[field]);
    const next = all.filter((x) => had.includes(x) !== (x === one));
    set({ [field]: next.length ? next.join(',') : undefined });
  };
  const words = [
    classes.length === 0
      ? t('fl.classes.default')
      : classes.length === CARD_CLASSES.length
        ? t('fl.classes.all')
        : classes.length === 1
          ? t(`fl.class.${classes[0]}` as never)
          : t('fl.classes.some', { n: classes.length }),
    ...(types.length === 1
      ? [t(`fl.type.${types[0]}` as never)]
      : types.length
        ? [t('fl.classes.types', { n: types.length })]
        : []),
  ].join(', ');
  const group = (field: 'class' | 'type', all: readonly string[], chosen: readonly string[]) => (
    <fieldset>
      <legend>{t(field === 'class' ? 'fl.classes' : 'fl.types')}</legend>
      {all.map((x) => (
        <button
          key={x}
          type="button"
          className="chip plain"
          aria-pressed={chosen.includes(x)}
          onClick={() => toggle(field, all, x)}
        >
          {t(`fl.${field}.${x}` as never)}
        </button>
      ))}
    </fieldset>
  );
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className="btn ghost" aria-label={t('fl.classes.choose', { words })}>
          <Layers size={15} aria-hidden />
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="fl-pop" aria-label={t('fl.classes.choose', { words })}>
        {group('class', CARD_CLASSES, classes)}
        {group('type', CARD_TYPES, types)}
        {(search.class || search.type) && (
          <button
            type="button"
            className="btn ghost sm"
            onClick={() => set({ class: undefined, type: undefined })}
          >
            {t('fl.reset')}
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
