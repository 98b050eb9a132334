import assert from "node:assert/strict"
import { test } from "node:test"
import { samplesOf, writeOggOpus } from "./ogg-opus.ts"
import { recordingFormat } from "./recording-format.ts"
import { readWebmOpus } from "./webm-opus.ts"

const head = [...Buffer.from("OpusHead"), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]
/** An element of WebM; without a size its length is not known, as in a recording that is still going on. */
const element = (id: number[], body: number[], isOpenEnded = false) => [
  ...id,
  ...(isOpenEnded ? [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] : [0x40 | (body.length >> 8), body.length & 0xff]),
  ...body,
]
const simpleBlock = (packet: number[], flags = 0x80) => element([0xa3], [0x81, 0, 0, flags, ...packet])
const recording = (blocks: number[][]) =>
  Uint8Array.from([
    ...element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84, ...Buffer.from("webm")]),
    ...element([0x18, 0x53, 0x80, 0x67], [], true),
    ...element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0x63, 0xa2], head))),
    ...element([0x1f, 0x43, 0xb6, 0x75], [], true),
    ...element([0xe7], [0]),
    ...blocks.flat(),
  ])

const packet = (length: number) => [0x78, ...Array<number>(length - 1).fill(7)]

test("the sound of a recording is read out of its blocks, and what holds none is refused", () => {
  const sound = readWebmOpus(recording([simpleBlock(packet(3)), simpleBlock(packet(255))]))
  assert.deepEqual(Array.from(sound.head), head)
  assert.deepEqual(
    sound.packets.map(({ length }) => length),
    [3, 255],
  )
  assert.throws(() => readWebmOpus(recording([])), /no Opus sound/)
  assert.throws(() => readWebmOpus(recording([simpleBlock(packet(3), 0x06)])), /several packets/)
  assert.throws(() => readWebmOpus(new Uint8Array(9)), /not WebM/)
})

test("each page of the Ogg file says where it ends, the last one that it is the last", () => {
  const sound = readWebmOpus(recording(Array.from({ length: 51 }, () => simpleBlock(packet(255)))))
  const file = Buffer.from(writeOggOpus(sound))
  const pages: { flags: number; samples: bigint; steps: number[] }[] = []
  for (let at = 0; at < file.length;) {
    assert.equal(file.toString("latin1", at, at + 4), "OggS")
    const steps = [...file.subarray(at + 27, at + 27 + file[at + 26]!)]
    pages.push({ flags: file[at + 5]!, samples: file.readBigInt64LE(at + 6), steps })
    at += 27 + steps.length + steps.reduce((sum, step) => sum + step, 0)
  }
  // A packet of exactly 255 bytes ends in a step of none.
  const full = (count: number) => Array.from({ length: count }, () => [255, 0]).flat()
  assert.deepEqual(pages, [
    { flags: 2, samples: 0n, steps: [19] },
    { flags: 0, samples: 0n, steps: [20] },
    { flags: 0, samples: 48_000n, steps: full(50) },
    { flags: 4, samples: 48_960n, steps: full(1) },
  ])
})

// The first byte of a packet says of which frames it is, and how many (RFC 6716 §3.1).
const lengths: [bytes: number[], milliseconds: number][] = [
  [[0x08], 20],
  [[0x18], 60],
  [[0x68], 20],
  [[0x78], 20],
  [[0xe0], 2.5],
  [[0xf9], 40],
  [[0xfb, 0x03], 60],
]
for (const [bytes, milliseconds] of lengths)
  test(`a packet that begins with ${bytes.map((byte) => byte.toString(16)).join(" ")} lasts ${milliseconds} ms`, () =>
    assert.equal(samplesOf(Uint8Array.from(bytes)), milliseconds * 48))

const browsers: [name: string, types: string[], sent: string | undefined][] = [
  ["Firefox", ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"], "audio/ogg"],
  ["Chromium", ["audio/webm;codecs=opus", "audio/mp4;codecs=opus"], "audio/ogg"],
  ["an older Safari", ["audio/mp4", "audio/mp4;codecs=mp4a.40.2"], "audio/mp4"],
  ["a browser that writes nothing of it", ["audio/wav"], undefined],
]
for (const [name, types, sent] of browsers)
  test(`${name} records what is sent as ${sent ?? "nothing"}`, () =>
    assert.equal(recordingFormat((type) => types.includes(type))?.sent, sent))
