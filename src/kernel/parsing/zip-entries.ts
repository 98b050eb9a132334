// The list of contents of a ZIP archive, as its end records it. Nothing is unpacked here.

export type ZipEntry = { name: string; method: number; size: number; bytes: Uint8Array }

const endSign = 0x06054b50
const entrySign = 0x02014b50
const localSign = 0x04034b50

/** `size` is what the archive says that it unpacks to. Null for what is no archive, is damaged, or needs the 64-bit form. */
export function zipEntries(file: Uint8Array): ZipEntry[] | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  try {
    const end = endOf(view)
    return end === null ? null : listed(view, view.getUint16(end + 10, true), view.getUint32(end + 16, true))
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

// A comment of 64 kB may stand behind it.
function endOf(view: DataView): number | null {
  const least = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= least; at--) if (view.getUint32(at, true) === endSign) return at
  return null
}

function listed(view: DataView, count: number, start: number): ZipEntry[] | null {
  const entries: ZipEntry[] = []
  for (let at = start; entries.length < count;) {
    if (view.getUint32(at, true) !== entrySign) return null
    const [packed, size, offset] = [
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
      view.getUint32(at + 42, true),
    ]
    if ([packed, size, offset].includes(0xffffffff) || view.getUint32(offset, true) !== localSign) return null
    const nameLength = view.getUint16(at + 28, true)
    const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    if (from + packed > view.byteLength) return null
    entries.push({
      name: new TextDecoder().decode(bytesAt(view, at + 46, nameLength)),
      method: view.getUint16(at + 10, true),
      size,
      bytes: bytesAt(view, from, packed),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

const bytesAt = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + at, length)
