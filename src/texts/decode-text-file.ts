// Bytes of a text file as people save it: UTF-8, UTF-16 with its mark ("Unicode text" of Excel), else windows-1252.

/** Without a byte order mark. Never throws. */
export function decodeTextFile(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  const text = new TextDecoder("utf-8").decode(bytes)
  return text.includes("\uFFFD") && !isMostlyUtf8(text) ? new TextDecoder("windows-1252").decode(bytes) : text
}

/** A byte that was lost makes no other signs of all the rest: windows-1252 has hardly any sequence that UTF-8 has, too. */
function isMostlyUtf8(text: string): boolean {
  const broken = text.split("\uFFFD").length - 1
  return text.replace(/[\0-\x7F\uFFFD]+/g, "").length > broken
}
