import type { FocusEvent } from 'react';
import { announce, lastSaid } from './announce';
import { ApiError } from './api';
import { t } from './i18n';

export interface Toast {
  text: string;
  /** One way to act: Undo, Why, Reload. */
  action?: { label: string; run: () => void };
  tone?: 'plain' | 'bad';
  /** Shown small and copyable, so that somebody can be asked about it. */
  requestId?: string;
  /** Milliseconds; false stays until closed. Six seconds unless said otherwise. */
  stay?: number | false;
  /** A second toast with the same id takes the place of the first. */
  id?: string;
}

// The toasts' code is not part of the first view.
const kit = () => import('@mantine/notifications').then((m) => m.notifications);

/** Says something at the bottom of the page without taking the focus. At most three at a time, the rest wait. */
export function toast({ text, action, tone = 'plain', requestId, stay = 6000, id }: Toast): string {
  const shown = id ?? `toast-${++count}`;
  // Where the focus was before it came in here; it goes back there when the toast goes.
  let came: EventTarget | null = null;
  let closing = false;
  const body = {
    id: shown,
    autoClose: stay,
    withBorder: false,
    'data-tone': tone,
    // Not an alert: the page has one voice, and that is the status region.
    role: 'group',
    closeButtonProps: { 'aria-label': t('app.close') },
    // The kit holds a toast under the pointer; whoever is on its button with the keyboard has the same right.
    onFocusCapture: (e: FocusEvent<HTMLElement>) => {
      if (e.currentTarget.contains(e.relatedTarget)) return;
      came = e.relatedTarget;
      change(false);
    },
    onBlurCapture: (e: FocusEvent<HTMLElement>) => {
      if (e.currentTarget.contains(e.relatedTarget) || closing) return;
      came = null;
      change(stay);
    },
    onClose: () => {
      closing = true;
      focusAgain(came);
    },
    message: (
      <span className="toast">
        <span>
          {text}
          {requestId && <code className="toast-id"> {requestId}</code>}
        </span>
        {action && (
          <button
            type="button"
            className="toast-act"
            onClick={() => {
              closeToast(shown);
              action.run();
            }}
          >
            {action.label}
          </button>
        )}
      </span>
    ),
  };
  const change = (autoClose: number | false) =>
    kit().then(
      (notifications) => notifications.update({ ...body, autoClose }),
      () => {},
    );
  const from = Date.now();
  // Whoever moves a card says more than the toast; what nobody said is said here.
  setTimeout(() => {
    if (lastSaid() < from - 400) announce(text);
  }, 150);
  kit().then(
    (notifications) => {
      if (id) notifications.hide(id);
      notifications.show(body);
    },
    () => {}, // the code could not be fetched; the outcome was announced all the same
  );
  return shown;
}
let count = 0;

/** Gives the focus back; a link that was drawn anew meanwhile is found by its address. */
function focusAgain(el: EventTarget | null): void {
  if (!(el instanceof HTMLElement)) return;
  requestAnimationFrame(() => {
    const href = el.getAttribute('href');
    const again = el.isConnected ? el : href && document.querySelector(`a[href="${CSS.escape(href)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  });
}

export const closeToast = (id: string): void => {
  kit().then(
    (notifications) => notifications.hide(id),
    () => {},
  );
};

/** Says what a failed request said, in its own sentence. */
export function toastError(error: unknown, what?: string): void {
  const said = error instanceof Error ? error.message : String(error);
  toast({
    text: what ? `${what} ${said}` : said,
    tone: 'bad',
    requestId: error instanceof ApiError && error.status >= 500 ? error.requestId : undefined,
    stay: 9000,
  });
}
