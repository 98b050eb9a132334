import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, test } from "node:test"
import { buildStamp, isWebOutdated } from "./web-sources.ts"

const folder = mkdtempSync(join(tmpdir(), "hilo-web-"))
after(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)
const sources = ["web/tracking/main.ts", "web/index.html", "src/texts/en/words.ts", "src/tickets/api-contract.ts"]
const folders = ["web", "web/tracking", "src", "src/texts", "src/texts/en", "src/tickets"]
/** As an update by git leaves it: the time of a file, and that of its folder. */
const at = (name: string, minute: number) => utimesSync(path(name), minute * 60, minute * 60)

function write(name: string) {
  mkdirSync(dirname(path(name)), { recursive: true })
  writeFileSync(path(name), "")
}

test("a start builds the web app when a source is newer than what is built, was taken out, or nothing is built", () => {
  for (const name of [...sources, "src/tickets/store.ts"]) write(name)
  assert.ok(isWebOutdated(folder), "nothing is built")
  write("dist/web/.sources")
  assert.equal(buildStamp(folder), path("dist/web/.sources"))
  const old = () => [...sources, ...folders].forEach((name) => at(name, 1))
  old()
  at("dist/web/.sources", 2)
  at("src/tickets/store.ts", 3)
  assert.ok(!isWebOutdated(folder), "no source of it changed")
  for (const name of [...sources, "web/tracking"]) {
    at(name, 3)
    assert.ok(isWebOutdated(folder), name)
    old()
  }
})
