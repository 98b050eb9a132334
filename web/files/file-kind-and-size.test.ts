import assert from "node:assert/strict"
import { test } from "node:test"
import { fileSize, fileKindOf, type FileKind } from "./file-kind-and-size.ts"

const sizes: [number, string][] = [
  [0, "0 bytes"],
  [1, "1 byte"],
  [5, "5 bytes"],
  [999, "999 bytes"],
  [48_009, "48 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [1_240_000, "1.2 MB"],
]

for (const [bytes, said] of sizes)
  test(`${bytes} bytes are said "${said}"`, () => assert.equal(fileSize(bytes, "en").replaceAll("\u00a0", " "), said))

for (const [bytes, said] of [
  [1, "1 byte"],
  [5, "5 bytes"],
  [48_009, "48 kB"],
  [1_240_000, "1.2 MB"],
] as const)
  test(`${bytes} bytes are said "${said}" in Spanish`, () =>
    assert.equal(fileSize(bytes, "es-419").replaceAll("\u00a0", " "), said))

const looks: [string, FileKind][] = [
  ["image/png", "picture"],
  ["image/webp", "picture"],
  ["image/svg+xml", "document"],
  ["audio/ogg; codecs=opus", "audio"],
  ["audio/ogg", "audio"],
  ["video/mp4", "video"],
  ["video/quicktime", "video"],
  ["application/pdf", "document"],
]

for (const [type, look] of looks) test(`${type} is shown as ${look}`, () => assert.equal(fileKindOf(type), look))
