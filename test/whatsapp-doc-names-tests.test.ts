// docs/whatsapp.md names a test for each line, or says why there is none.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"

const root = join(import.meta.dirname, "..")
const read = (path: string) => readFileSync(join(root, path), "utf8")
const lines = read("docs/whatsapp.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| what |"))

test("every test that the page about WhatsApp names exists", () => {
  const missing = lines.flatMap((line) => {
    const held = line.split(" | ").at(-1)!
    if (held.startsWith("– ")) return []
    const files = [...held.matchAll(/`([^`]+\.test\.ts)`: ("[^`]+"(?: and "[^`]+")*)/g)]
    const names = files.flatMap(([, file, named]) =>
      [...named!.matchAll(/"([^"]+)"/g)].map(([, name]) => [file!, name!]),
    )
    if (names.length === 0) return [`nothing is named: ${line}`]
    return names.flatMap(([file, name]) => (read(file!).includes(name!) ? [] : [`${file}: ${name}`]))
  })
  assert.deepEqual(missing, [])
  assert.ok(lines.length > 70, `${lines.length} lines`)
})
