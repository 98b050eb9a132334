import assert from "node:assert/strict"
import { test } from "node:test"
import type { FileKind } from "../../files/file-kind-and-size.ts"
import { whatsappMaxBytes, whatsappMaxBytesByKind } from "./max-file-bytes.ts"

const carriedAs: [type: string, carried: FileKind][] = [
  ["image/png", "picture"],
  ["image/webp", "document"],
  ["image/svg+xml", "document"],
  ["audio/ogg; codecs=opus", "document"],
  ["audio/ogg", "audio"],
  ["video/mp4", "video"],
  ["video/quicktime", "document"],
  ["application/pdf", "document"],
]

for (const [type, carried] of carriedAs)
  test(`${type} is carried as ${carried}`, () => assert.equal(whatsappMaxBytes(type), whatsappMaxBytesByKind[carried]))
