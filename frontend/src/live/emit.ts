export function listen<T>(set: Set<(x: T) => void>, fn: (x: T) => void): () => void {
  set.add(fn);
  return () => set.delete(fn);
}
export function emit<T>(set: Set<(x: T) => void>, value: T): void {
  for (const fn of [...set]) fn(value);
}
