const WIDEST = 480;
const SMALL_ENOUGH = 120_000;
const LARGEST = 256 * 1024;

/** A small picture of a picture, so that nobody fetches ten photographs to see their thumbnails. Undefined when there is
 *  no need of one or this browser cannot make it. */
export async function previewOf(file: File): Promise<Blob | undefined> {
  if (!/^image\/(png|jpeg|webp|avif)$/.test(file.type) || file.size <= SMALL_ENOUGH) return undefined;
  try {
    const picture = await createImageBitmap(file);
    const by = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * by));
    canvas.height = Math.max(1, Math.round(picture.height * by));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.8));
    return small && small.size <= LARGEST ? small : undefined;
  } catch {
    return undefined;
  }
}
