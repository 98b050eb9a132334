// Which pictures are made smaller before they are uploaded, and how small. Pure.
const longestSide = 2560
/** What a phone's photo is larger than, and what a screenshot may be: its letters stay sharp (bytes). */
const mostBytes: Record<string, number> = { "image/jpeg": 1_000_000, "image/webp": 1_000_000, "image/png": 2_500_000 }

export const isLargePicture = ({ type, size }: { type: string; size: number }): boolean =>
  size > (mostBytes[type] ?? Infinity)

interface Size {
  width: number
  height: number
}

/** The same shape with no side longer than 2560 pixels. */
export function fittedSize({ width, height }: Size): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The name of a file that has become a JPEG. */
export const jpegName = (name: string): string =>
  /\.jpe?g$/i.test(name) ? name : `${name.replace(/\.\w{1,5}$/, "")}.jpg`
