import { Suspense, useEffect } from 'react';
import { barePart } from '../../../lib/lazy';
import { useUi } from '../context';

const one = () => import('./OneDialog');
const OneDialog = barePart(() => one().then((m) => m.OneDialog));

/** The one dialog that may be open on the board. The questions that a change may ask are here soon after the first view. */
export function Dialogs() {
  useEffect(() => {
    const timer = setTimeout(
      () =>
        one().then(
          (m) => m.asks(),
          () => {},
        ),
      1000,
    );
    return () => clearTimeout(timer);
  }, []);
  const d = useUi((u) => u.dialog);
  return (
    d && (
      <Suspense>
        <OneDialog d={d} />
      </Suspense>
    )
  );
}
