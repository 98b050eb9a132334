// A stored mail in memory: in one piece, and of large ones one at a time.
import type { Readable } from "node:stream"

const largeBytes = 1024 * 1024
let lastLarge: Promise<unknown> = Promise.resolve()

/** Does the work at once, or for a large mail once that of the large ones before it is done: a mail takes several times its size. */
export function oneLargeMailAtATime<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  if (bytes < largeBytes) return work()
  const result = lastLarge.then(work)
  lastLarge = result.catch(() => {})
  return result
}

/** `expected`: how many bytes there should be. If there are, each is copied once; servers may be wrong about it. */
export async function wholeMail(stream: Readable, expected: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(expected)
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const needed = length + chunk.length
    if (needed > bytes.length) bytes = new Uint8Array(bytes.buffer.transfer(Math.max(needed, bytes.length * 2)))
    bytes.set(chunk, length)
    length = needed
  }
  return length === bytes.length ? bytes : new Uint8Array(bytes.buffer.transfer(length))
}
