import { type ComponentType, type FunctionComponent, lazy, type ReactNode } from 'react';
import { t } from './i18n';
import { toast } from './notify';

/** A part that is fetched after the first view. If its file is gone, because a new version was put in place, its
 *  children stand alone and a toast offers to load the page again. */
// biome-ignore lint/suspicious/noExplicitAny: the props of any component
export function lazyPart<P extends Record<string, any>>(load: () => Promise<FunctionComponent<P>>) {
  return lazy<ComponentType<P>>(() =>
    load().then(
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
