/** The server refuses addresses that hold what no name of ours holds: bytes that are no text, and NUL. */
export function isReadable({ pathname, search }: Pick<Location, 'pathname' | 'search'>): boolean {
  try {
    return !decodeURIComponent(pathname + search).includes('\0');
  } catch {
    return false;
  }
}
