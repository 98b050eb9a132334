// The logo of a chat, as its settings hold it: a small PNG in a data: address. Nothing else: what visitors' browsers draw is
// bounded in bytes and in pixels.

export const longestLogo = 44_000
const mostPixels = 512
const start = "data:image/png;base64,"
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The bytes of such a picture; null when it is none, or more than 512 pixels wide or high. */
export function pngOf(address: string): Buffer | null {
  if (address.length > longestLogo || !address.startsWith(start)) return null
  const encoded = address.slice(start.length)
  const bytes = Buffer.from(encoded, "base64")
  // The header chunk is the first, and says the size (PNG, 11.2.2).
  const isPng =
    bytes.length > 24 && bytes.subarray(0, 8).equals(signature) && bytes.toString("latin1", 12, 16) === "IHDR"
  if (!isPng || bytes.toString("base64") !== encoded) return null
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return width > 0 && height > 0 && Math.max(width, height) <= mostPixels ? bytes : null
}
