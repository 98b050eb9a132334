// Writes Opus sound as an Ogg file, the form in which messengers take voice notes. Pure. (Ogg: RFC 3533; Opus in it: RFC 7845.)
import type { OpusSound } from "./webm-opus.ts"

/** A page holds about a second, so that a player can seek. */
const packetsPerPage = 50
const [beginning, end] = [2, 4]

interface Page {
  flags: number
  /** How many samples there are up to its end. */
  samples: number
  packets: Uint8Array[]
}

export function writeOggOpus({ head, packets }: OpusSound): Uint8Array<ArrayBuffer> {
  const pages: Page[] = [
    { flags: beginning, samples: 0, packets: [head] },
    { flags: 0, samples: 0, packets: [tags()] },
  ]
  let samples = 0
  for (let at = 0; at < packets.length; at += packetsPerPage) {
    const some = packets.slice(at, at + packetsPerPage)
    for (const packet of some) samples += samplesOf(packet)
    pages.push({ flags: at + packetsPerPage >= packets.length ? end : 0, samples, packets: some })
  }
  return joined(pages.map(written))
}

/** How many samples of 48,000 a second a packet holds, by its first bytes (RFC 6716 §3.1). */
export function samplesOf(packet: Uint8Array): number {
  const [first = 0, second = 0] = packet
  const kind = first >> 3
  const speech = [480, 960, 1920, 2880][kind & 3]!
  const perFrame = kind < 12 ? speech : kind < 16 ? [480, 960][kind & 1]! : [120, 240, 480, 960][kind & 3]!
  const frames = [1, 2, 2, second & 63][first & 3]!
  return perFrame * frames
}

/** Who wrote it, and no comments. */
function tags(): Uint8Array {
  const maker = "Hilo"
  const bytes = new Uint8Array(16 + maker.length)
  bytes.set(new TextEncoder().encode("OpusTags"))
  new DataView(bytes.buffer).setUint32(8, maker.length, true)
  bytes.set(new TextEncoder().encode(maker), 12)
  return bytes
}

function written({ flags, samples, packets }: Page, index: number): Uint8Array {
  // A packet's length is written in steps of 255; a step below that ends it.
  const steps = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255])
  const header = new Uint8Array(27 + steps.length)
  const view = new DataView(header.buffer)
  header.set(new TextEncoder().encode("OggS"))
  header[5] = flags
  view.setBigUint64(6, BigInt(samples), true)
  view.setUint32(14, 1, true)
  view.setUint32(18, index, true)
  header[26] = steps.length
  header.set(steps, 27)
  const page = joined([header, ...packets])
  new DataView(page.buffer).setUint32(22, checksum(page), true)
  return page
}

/** CRC-32 with the polynomial 0x04c11db7, from the highest bit on. */
function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
