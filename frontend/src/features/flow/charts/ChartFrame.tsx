import { Table2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { toastError } from '../../../lib/notify';
import { t } from '../messages';
import { useFlow } from '../page/context';
import type { Why } from '../types';
import { type Bar, Bars } from './Bars';
import type { Drawing } from './model';
import type { Row } from './rows';
import { saveTable } from './save';
import { Table, type Twin } from './Table';
import { WhyButton } from './WhyButton';

// The library is fetched once there is something to draw; sentences and numbers do not wait for it.
const EChart = lazy(() => import('./EChart'));

interface Props {
  /** The finding. */
  title: string;
  /** What is drawn, in a line. */
  sub?: ReactNode;
  legend?: ReactNode;
  why?: Why;
  what?: string;
  /** Drawn by the library… */
  drawing?: Drawing;
  /** …or as rows of bars… */
  bars?: readonly Bar[];
  /** …with more room for their words. */
  wide?: boolean;
  /** …or here, or below the bars. */
  children?: ReactNode;
  /** What a picture shows of what is drawn here. */
  rows?: readonly Row[];
  twin: Twin;
  /** Of /flow/: where the CSV comes from. Without it the file is the table itself. */
  measure?: string;
  /** What the CSV is asked beside the window. */
  more?: Record<string, string | number | undefined>;
  showWords?: string;
  tall?: boolean;
}

/** A chart with all that belongs to it: its finding as the title, why, its numbers as a table, CSV, and a picture. */
export function ChartFrame(props: Props) {
  const { title, sub, legend, why, what, drawing, bars, wide, children, twin, measure, more, showWords } =
    props;
  const flow = useFlow();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const csv = measure ? flow.csv(measure, more) : () => saveTable(`${flow.name} ${title}`, twin);
  const rows = props.rows ?? bars;
  const pictured = drawing ?? (rows?.length ? rows : undefined);
  const save = async () => {
    try {
      const [{ savePicture }, { rowsDrawing }] = await Promise.all([import('./image'), import('./rows')]);
      await savePicture(`${flow.name} ${measure ?? title}`, drawing ?? rowsDrawing(rows!), {
        title,
        sub: typeof sub === 'string' ? sub : '',
        foot: t('fl.image.foot', {
          board: flow.name,
          from: why?.from ?? '',
          to: why?.to ?? '',
          counted: why?.counted ?? '',
        }),
      });
    } catch (error) {
      toastError(error, t('fl.image.failed'));
    }
  };
  return (
    <section className="panel fl-chart" aria-labelledby={id} data-tall={props.tall || undefined}>
      <header>
        <h2 className="h2" id={id}>
          {title}
        </h2>
        <span className="fl-acts">
          {why && (
            <WhyButton
              why={why}
              what={what}
              onOpen={flow.open}
              onShow={
                asTable ? undefined : { words: showWords ?? t('fl.why.show'), run: () => setAsTable(true) }
              }
              csv={csv}
              onImage={pictured && (() => void save())}
            />
          )}
          <button
            type="button"
            className="fl-act"
            aria-pressed={asTable}
            aria-label={t('fl.table.of', { title })}
            title={asTable ? t('fl.chart') : t('fl.table')}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 size={16} aria-hidden />
          </button>
        </span>
      </header>
      {(sub || legend) && (
        <p className="fl-sub">
          <span>{sub}</span>
          {legend && !asTable && <span className="fl-legend">{legend}</span>}
        </p>
      )}
      {asTable ? (
        <Table twin={twin} title={title} csv={csv} />
      ) : drawing ? (
        <Suspense fallback={<div className="ch" aria-busy="true" />}>
          <EChart
            drawing={drawing}
            label={title}
            onOpen={flow.open}
            onDays={(from, to) => flow.set({ from, to })}
          />
        </Suspense>
      ) : (
        <>
          {bars && bars.length > 0 && <Bars list={bars} wide={wide} onOpen={flow.open} />}
          {children}
        </>
      )}
    </section>
  );
}
