import assert from "node:assert/strict"
import { test } from "node:test"
import { decodeTextFile } from "./decode-text-file.ts"

const text = "Teléfono;Ñandú;“comillas” €5"
const windows = Uint8Array.from([...text].map((c) => ({ "“": 0x93, "”": 0x94, "€": 0x80 })[c] ?? c.codePointAt(0)!))

for (const [name, bytes] of [
  ["windows-1252", windows],
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with its mark", Buffer.from(`\uFEFF${text}`)],
  ["UTF-16 with its mark", Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["UTF-16 the other way round", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
] as const)
  test(`a file in ${name} is read`, () => assert.equal(decodeTextFile(bytes), text))

test("a file in UTF-8 of which a byte is lost stays one", () => {
  const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xc3]), Buffer.from(" y más")])
  assert.equal(decodeTextFile(broken), `${text}\uFFFD y más`)
})
