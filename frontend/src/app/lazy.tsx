import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { inKit } from '../lib/lazy';
import { ChunkFailed } from './ChunkFailed';

/** A page in its own file. When the file is gone, because a new version was put in place, the page says so. */
export function lazyPage<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  return bareLazyPage(
    () => inKit(load().then((m) => m[name])).then((page) => ({ [name]: page })) as never,
    name,
  );
}

/** The same without the kit around it: for the first view of a board, whose lazy parts bring it. */
export function bareLazyPage<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  return lazyRouteComponent(
    () => load().catch(() => ({ [name]: ChunkFailed }) as unknown as Record<K, ComponentType>),
    name as never,
  );
}
