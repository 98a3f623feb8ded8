import sharp from 'sharp';
import { invalid } from '../../../core/errors.ts';

/** Width and height of every stored picture, in pixels. */
export const side = 256;
/** Larger ones than any camera's are refused before they are unpacked. */
const mostPixels = 50_000_000;
/** How the files begin that are taken; what a name or a form says of a file is not asked. */
const beginnings: readonly RegExp[] = [/^\xff\xd8\xff/, /^\x89PNG\r\n\x1a\n/, /^RIFF....WEBP/s, /^GIF8[79]a/];

/**
 * The picture cut to a square WebP of a few kilobytes, upright, without any metadata: it is drawn anew from its pixels.
 * 422 for what is no JPEG, PNG, WebP or GIF, is damaged, or has more pixels than `mostPixels`.
 */
export async function squareWebp(bytes: Buffer): Promise<Buffer> {
  const start = bytes.subarray(0, 16).toString('latin1');
  if (!beginnings.some((beginning) => beginning.test(start))) throw invalid({ picture: 'Choose a picture in JPEG, PNG, WebP or GIF.' });
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .rotate()
      .resize(side, side, { fit: 'cover' })
      .webp({ quality: 82 })
      .toBuffer();
  } catch {
    throw invalid({ picture: 'This picture is damaged or too large. Choose one of at most 50 megapixels.' });
  }
}
