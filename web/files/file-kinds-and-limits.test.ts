import assert from "node:assert/strict"
import { test } from "node:test"
import {
  whatsappMaxBytesByKind,
  whatsappMaxBytes,
  fileSize,
  fileKindOf,
  type FileKind,
} from "./file-kinds-and-limits.ts"

const sizes: [number, string][] = [
  [0, "0 byte"],
  [999, "999 byte"],
  [48_009, "48 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [1_240_000, "1.2 MB"],
]

for (const [bytes, said] of sizes)
  test(`${bytes} bytes are said "${said}"`, () => assert.equal(fileSize(bytes, "en").replaceAll("\u00a0", " "), said))

const looks: [string, FileKind, FileKind][] = [
  ["image/png", "picture", "picture"],
  ["image/webp", "picture", "document"],
  ["image/svg+xml", "document", "document"],
  ["audio/ogg; codecs=opus", "audio", "document"],
  ["audio/ogg", "audio", "audio"],
  ["video/mp4", "video", "video"],
  ["video/quicktime", "video", "document"],
  ["application/pdf", "document", "document"],
]

for (const [type, look, carried] of looks)
  test(`${type} is shown as ${look} and carried as ${carried}`, () => {
    assert.equal(fileKindOf(type), look)
    assert.equal(whatsappMaxBytes(type), whatsappMaxBytesByKind[carried])
  })
