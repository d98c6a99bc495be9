import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { Dialog } from './Dialog';
import { tu } from './messages';

/**
 * Asks before something that cannot be taken back. The dialog says what will happen, its button says it again, in red
 * unless nothing is lost by it.
 */
export function ConfirmButton({
  children,
  className = 'btn danger sm',
  title,
  text,
  verb,
  run,
  label,
  calm,
}: {
  children: ReactNode;
  className?: string;
  title: string;
  text: ReactNode;
  verb: string;
  run: () => Promise<unknown>;
  label?: string;
  calm?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {open && // a form has no place inside another one
        createPortal(
          <Dialog
            title={title}
            onClose={() => setOpen(false)}
            onSubmit={async () => {
              setBusy(true);
              setProblem(undefined);
              try {
                await run();
                setOpen(false);
              } catch (e) {
                setProblem(e instanceof Error ? e.message : String(e));
              } finally {
                setBusy(false);
              }
            }}
            actions={
              <>
                <button type="button" className="btn line" onClick={() => setOpen(false)}>
                  {tu('ui.cancel')}
                </button>
                <button
                  type="submit"
                  className={calm ? 'btn' : 'btn danger'}
                  disabled={busy}
                  data-busy={busy || undefined}
                >
                  {verb}
                </button>
              </>
            }
          >
            <div>{text}</div>
            {problem && (
              <div role="alert" className="ff-problem">
                {problem}
              </div>
            )}
          </Dialog>,
          document.body,
        )}
    </>
  );
}
