// The compressed rich text of TNEF ([MS-OXRTFCP]): references into a ring of 4,096 bytes that begins with words every RTF has.

const header = 16
const compressed = 0x75465a4c
const uncompressed = 0x414c454d
const ringSize = 4_096
const largest = 20 * 1024 * 1024
const dictionary = new TextEncoder().encode(
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx",
)

/** Null when it is no compressed RTF, or would unpack to more than 20 MB. */
export function decompressRtf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  if (bytes.length < header) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint32(4, true)
  const kind = view.getUint32(8, true)
  if (kind === uncompressed) return bytes.slice(header, header + size)
  return kind === compressed && size <= largest ? unpack(bytes, size) : null
}

function unpack(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const ring = new Uint8Array(ringSize)
  ring.set(dictionary)
  const out = new Uint8Array(size)
  let [write, length, at] = [dictionary.length, 0, header]
  const put = (byte: number) => {
    if (length < size) out[length++] = byte
    ring[write] = byte
    write = (write + 1) % ringSize
  }
  while (at < bytes.length && length < size) {
    const control = bytes[at++]!
    for (let bit = 0; bit < 8 && at < bytes.length && length < size; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(bytes[at++]!)
        continue
      }
      if (at + 1 >= bytes.length) return out.slice(0, length)
      const reference = (bytes[at]! << 8) | bytes[at + 1]!
      at += 2
      const offset = reference >> 4
      if (offset === write) return out.slice(0, length)
      for (let n = 0; n < (reference & 15) + 2; n++) put(ring[(offset + n) % ringSize]!)
    }
  }
  return out.slice(0, length)
}
