import { type ComponentType, type FunctionComponent, lazy, type ReactNode } from 'react';
import { firstView } from './first-view';
import { t } from './i18n';
import { toast } from './notify';

/** Puts the kit around a component that is on its way; both are fetched at the same time. */
// biome-ignore lint/suspicious/noExplicitAny: the props of any component
export async function inKit<P extends Record<string, any>>(
  coming: Promise<ComponentType<P>>,
): Promise<FunctionComponent<P>> {
  const [{ Kit }, Part] = await Promise.all([import('./kit'), coming]);
  return (props) => (
    <Kit>
      <Part {...props} />
    </Kit>
  );
}

/** A part that is fetched after the first view, with the kit around it. If its file is gone, because a new version
 *  was put in place, its children stand alone and a toast offers to load the page again. */
// biome-ignore lint/suspicious/noExplicitAny: the props of any component
export function lazyPart<P extends Record<string, any>>(load: () => Promise<FunctionComponent<P>>) {
  return barePart<P>(() => inKit<P>(load()));
}

/** The same for a part that does without the kit. */
// biome-ignore lint/suspicious/noExplicitAny: the props of any component
export function barePart<P extends Record<string, any>>(load: () => Promise<FunctionComponent<P>>) {
  return lazy<ComponentType<P>>(() =>
    firstView.then(load).then(
      (part) => ({ default: part }),
      () => {
        toast({
          id: 'new-version',
          text: t('app.newVersion.title'),
          action: { label: t('app.reload'), run: () => window.location.reload() },
          stay: false,
        });
        return { default: Bare as FunctionComponent<P> };
      },
    ),
  );
}

function Bare({ children }: { children?: ReactNode }) {
  return children ?? null;
}
