// Reads the sound out of a WebM file as browsers record it. Pure. (EBML: RFC 8794; WebM: RFC 9559, matroska.org.)

/** The sound of a recording, as its codec wrote it. */
export interface OpusSound {
  /** "OpusHead" and what follows (RFC 7845 §5.1). */
  head: Uint8Array
  packets: Uint8Array[]
}

// What only contains others is stepped into.
const containers = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0])
const [codecPrivate, simpleBlock, block] = [0x63a2, 0xa3, 0xa1]

/** Throws where there is no Opus sound of one track. */
export function readWebmOpus(bytes: Uint8Array): OpusSound {
  let head: Uint8Array | undefined
  const packets: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const id = readVint(bytes, at, true)
    const size = readVint(bytes, at + id.length, false)
    const from = at + id.length + size.length
    if (containers.has(id.value)) {
      at = from
      continue
    }
    const body = bytes.subarray(from, from + size.value)
    if (id.value === codecPrivate) head = body
    else if (id.value === simpleBlock || id.value === block) packets.push(packetOf(body))
    at = from + size.value
  }
  const isOpus = head !== undefined && String.fromCharCode(...head.subarray(0, 8)) === "OpusHead"
  if (!head || !isOpus || packets.length === 0) throw new Error("no Opus sound")
  return { head, packets }
}

/** A number whose first byte says by its leading zeros how long it is; an id keeps the bit that ends them. */
function readVint(bytes: Uint8Array, at: number, isId: boolean): { value: number; length: number } {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (length > 8) throw new Error("not WebM")
  let value = isId ? first : first & (0xff >> length)
  for (let n = 1; n < length; n++) value = value * 256 + (bytes[at + n] ?? 0)
  return { value, length }
}

/** After the track's number come two bytes of time and one of flags. */
function packetOf(body: Uint8Array): Uint8Array {
  const { length } = readVint(body, 0, false)
  const isLaced = ((body[length + 2] ?? 0) & 0x06) !== 0
  if (isLaced) throw new Error("several packets in one block")
  return body.subarray(length + 3)
}
