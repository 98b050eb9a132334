// What a file is by its first bytes. An upload may claim anything; only this decides what a browser shows in place.
const starts: [mimeType: string, bytes: string][] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
]

/** The picture that these bytes begin, or null. */
export function imageType(head: Buffer): string | null {
  const text = head.toString("latin1")
  const isWebp = text.startsWith("RIFF") && text.startsWith("WEBP", 8)
  return isWebp ? "image/webp" : (starts.find(([, bytes]) => text.startsWith(bytes))?.[0] ?? null)
}
