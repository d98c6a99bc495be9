import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { ChunkFailed } from './ChunkFailed';

/** A page in its own file. When the file is gone, because a new version was put in place, the page says so. */
export function lazyPage<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  return lazyRouteComponent(
    () => load().catch(() => ({ [name]: ChunkFailed }) as unknown as Record<K, ComponentType>),
    name as never,
  );
}
