import { Popover } from '@mantine/core';
import { ArrowRight, CircleHelp, Download, Image, X } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { shortDay } from '../../../lib/time';
import '../../../ui/menu.css';
import { t } from '../messages';
import type { Why } from '../types';
import type { Behind } from './model';
import { type Csv, CsvLink } from './Table';

interface Props {
  why: Why;
  /** "9 days": what is explained. */
  what?: string;
  onOpen: (behind: Behind) => void;
  /** Shows the cards or numbers that it rests on. */
  onShow?: { words: string; run: () => void };
  csv?: Csv;
  onImage?: () => void;
}

const CHANGES = 5;
const BOARDS = 6;

/** How a number was made: its rule, over which cards and days, what was left out, and what changed meanwhile. */
export function WhyButton({ why, what, onOpen, onShow, csv, onImage }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  /** What is opened from here finds the focus on the button, and gives it back there. */
  const leave = (then: () => void) => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
    then();
  };
  const name = what ? t('fl.why.of', { what }) : t('fl.why');
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      width={376}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className="fl-act"
          aria-label={name}
          title={t('fl.why')}
          aria-haspopup="dialog"
          onClick={() => setOpen((o) => !o)}
        >
          <CircleHelp size={16} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="fl-why" aria-labelledby={id}>
        {open && (
          <>
            <header>
              <h3 id={id}>{name}</h3>
              <button
                type="button"
                className="fl-act"
                aria-label={t('fl.close')}
                onClick={() => setOpen(false)}
              >
                <X size={15} aria-hidden />
              </button>
            </header>
            <p>{why.rule}</p>
            <Facts why={why} onOpen={(b) => leave(() => onOpen(b))} />
            {(onShow || csv || onImage) && (
              <footer>
                {onShow && (
                  <button type="button" className="link" onClick={() => leave(onShow.run)}>
                    {onShow.words} <ArrowRight size={14} aria-hidden />
                  </button>
                )}
                <span>
                  {onImage && (
                    <button type="button" className="link" onClick={onImage}>
                      <Image size={14} aria-hidden /> {t('fl.image')}
                    </button>
                  )}
                  {csv && (
                    <CsvLink csv={csv}>
                      <Download size={14} aria-hidden /> {t('fl.csv')}
                    </CsvLink>
                  )}
                </span>
              </footer>
            )}
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function Facts({ why, onOpen }: { why: Why; onOpen: (behind: Behind) => void }) {
  const row = (name: string, words: ReactNode) => (
    <>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </>
  );
  const several = why.boards ?? [];
  const more = why.changes.length - CHANGES;
  return (
    <dl>
      {why.started &&
        several.length === 0 &&
        row(
          t('fl.why.counts'),
          t('fl.why.points', { started: why.started, finished: why.finished || t('fl.unknown') }),
        )}
      {several.length > 0 &&
        row(
          t('fl.why.counts'),
          <>
            {several.slice(0, BOARDS).map((b) => (
              <span key={b.id} className="fl-why-c">
                {t('fl.why.ofBoard', {
                  board: `${b.teamName} ${b.name}`,
                  started: b.started,
                  finished: b.finished,
                })}
              </span>
            ))}
            {several.length > BOARDS && (
              <span className="fl-why-c">{t('fl.why.moreBoards', { n: several.length - BOARDS })}</span>
            )}
          </>,
        )}
      {row(
        t('fl.why.window'),
        t('fl.why.days', {
          from: shortDay(why.from),
          to: shortDay(why.to),
          zone: why.timeZone.replaceAll('_', ' '),
        }),
      )}
      {row(t('fl.why.counted'), `${why.counted}, n = ${why.n}`)}
      {why.left.length > 0 &&
        row(
          t('fl.why.left'),
          why.left.map((l, i) => (
            <span key={l.why}>
              {i > 0 && ', '}
              {l.keys.length ? (
                <button
                  type="button"
                  className="link fl-say"
                  onClick={() => onOpen({ title: `${l.n} ${l.why}`, keys: l.keys })}
                >
                  {l.n} {l.why}
                </button>
              ) : (
                `${l.n} ${l.why}`
              )}
            </span>
          )),
        )}
      {why.changes.length > 0 &&
        row(
          t('fl.why.changed'),
          <>
            {[...why.changes]
              .reverse()
              .slice(0, CHANGES)
              .map((c) => (
                <span key={`${c.at} ${c.text}`} className="fl-why-c">
                  {t('fl.why.on', { text: c.text, day: shortDay(c.day) })}
                </span>
              ))}
            {more > 0 && <span className="fl-why-c">{t('fl.why.more', { n: more })}</span>}
          </>,
        )}
    </dl>
  );
}
