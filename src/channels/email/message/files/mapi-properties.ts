// Properties of a message or an attachment in TNEF ([MS-OXTNEF] 2.1.3.4, [MS-OXCDATA] 2.11.1). What is damaged ends the reading.

export type MapiProperty = { type: number; isObject: boolean; bytes: Uint8Array<ArrayBuffer> }
/** By property id. Of a property with several values the first. */
export type MapiProperties = Map<number, MapiProperty>

const type = { object: 0x0d, text8: 0x1e, text16: 0x1f, binary: 0x102 } as const
const fixedSizes: Record<number, number> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x0a: 4,
  0x0b: 4,
  0x14: 8,
  0x40: 8,
  0x48: 16,
}
const multiple = 0x1000
const firstNamedId = 0x8000
const mostProperties = 5_000

export function parseMapiProperties(bytes: Uint8Array<ArrayBuffer>): MapiProperties {
  const properties: MapiProperties = new Map()
  const reader = createReader(bytes)
  try {
    for (let left = Math.min(reader.number(), mostProperties); left > 0; left--) {
      const [kind, id] = [reader.short(), reader.short()]
      if (id >= firstNamedId) skipName(reader)
      const values = readValues(reader, kind)
      const base = kind & ~multiple
      if (values[0] && !properties.has(id))
        properties.set(id, { type: base, isObject: base === type.object, bytes: values[0] })
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return properties
}

export function textOfProperty(property: MapiProperty | undefined): string | null {
  if (!property) return null
  const encoding = property.type === type.text16 ? "utf-16le" : property.type === type.binary ? "utf-8" : "windows-1252"
  return new TextDecoder(encoding).decode(property.bytes).replaceAll("\0", "") || null
}

type Reader = ReturnType<typeof createReader>

/** A GUID, then a number or a name of its own. */
function skipName(reader: Reader) {
  reader.skip(16)
  if (reader.number() === 0) reader.skip(4)
  else reader.padded()
}

function readValues(reader: Reader, kind: number): Uint8Array<ArrayBuffer>[] {
  const base = kind & ~multiple
  const size = fixedSizes[base]
  const isCounted = size === undefined
  if (isCounted && base !== type.object && base !== type.text8 && base !== type.text16 && base !== type.binary)
    throw new RangeError("a property of an unknown type")
  const count = isCounted || (kind & multiple) !== 0 ? reader.number() : 1
  const values: Uint8Array<ArrayBuffer>[] = []
  for (let n = 0; n < count; n++) {
    const value = isCounted ? reader.padded() : reader.take(size)
    if (n === 0) values.push(value)
  }
  return values
}

/** Every read beyond the end throws a RangeError, so that a false count ends at once. */
function createReader(bytes: Uint8Array<ArrayBuffer>) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError("beyond the end")
    at += length
    return bytes.subarray(at - length, at)
  }
  const number = () => {
    take(4)
    return view.getUint32(at - 4, true)
  }
  return {
    take,
    number,
    short: () => {
      take(2)
      return view.getUint16(at - 2, true)
    },
    skip: (length: number) => void take(length),
    padded: () => {
      const length = number()
      const value = take(length)
      at = Math.min(bytes.length, at + ((4 - (length % 4)) % 4))
      return value
    },
  }
}
