import { type RefObject, useEffect, useState } from 'react';
import { t } from './messages';

const holdsFiles = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false;

/** Files that are dropped on or pasted into the card around `ref`. Answers where files hover now, for the frame. */
export function useFiles(
  ref: RefObject<HTMLElement | null>,
  may: boolean,
  take: (files: File[]) => void,
): DOMRect | undefined {
  const [over, setOver] = useState<DOMRect>();
  useEffect(() => {
    if (!may) return;
    const room = () => ref.current?.closest<HTMLElement>('aside, main') ?? null;
    const inside = (e: Event) => e.target instanceof Node && Boolean(room()?.contains(e.target));
    const drag = (e: DragEvent) => {
      if (!holdsFiles(e)) return;
      // A file that misses the card must not replace the page.
      e.preventDefault();
      const here = inside(e);
      if (e.dataTransfer) e.dataTransfer.dropEffect = here ? 'copy' : 'none';
      setOver(here ? room()?.getBoundingClientRect() : undefined);
    };
    const leave = (e: DragEvent) => !e.relatedTarget && setOver(undefined);
    const drop = (e: DragEvent) => {
      if (!holdsFiles(e)) return;
      e.preventDefault();
      setOver(undefined);
      if (inside(e) && e.dataTransfer) take([...e.dataTransfer.files]);
    };
    const paste = (e: ClipboardEvent) => {
      const files = [...(e.clipboardData?.files ?? [])];
      const loose = document.activeElement === document.body || document.activeElement === null;
      if (!files.length || !(inside(e) || loose) || document.querySelector('dialog[open]')) return;
      // Words that come with a picture (from an office program) are meant as words.
      if (e.clipboardData?.getData('text/plain')) return;
      e.preventDefault();
      take(files.map(named));
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [ref, may, take]);
  return over;
}

/** A screenshot comes as "image.png", like every other one. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const ext = file.name.split('.').pop() ?? 'png';
  return new File([file], t('attach.pasted', { ext }), { type: file.type });
}
