// A path that a document names is in the tree.
import assert from "node:assert/strict"
import { globSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { sources } from "./source-files.ts"

const root = join(import.meta.dirname, "..")
const files = globSync(["*", ".ci/*", "{bench,bin,db,demo,deploy,docs,src,test,web}/**/*"], { cwd: root })
const documents = sources("*.md", "web/**/*.md", "docs/**/*.md")
// What is made when it runs, and what another's tool calls its own.
const madeLater = /^(HILO_DATA|data|dist|node_modules)\//

test("every file that a document names is in the tree", () => {
  const named = /(?<![\w/.@:-])(?:[\w.-]+\/)*[\w-][\w.-]*\.(?:ts|tsx|mjs|md|sql|css|sha256)\b/g
  assert.deepEqual(
    missing(named, (path) => files.some((file) => file === path || file.endsWith(`/${path}`))),
    [],
  )
})

test("every folder that a document names is in the tree", () => {
  const named = /(?<![\w/.-])(?:bench|bin|db|demo|docs|src|test|web)\/[\w/-]+(?![\w/.*…-])/g
  assert.deepEqual(
    missing(named, (path) => files.includes(path.replace(/\/$/, ""))),
    [],
  )
})

function missing(named: RegExp, isThere: (path: string) => boolean): string[] {
  return documents.flatMap(({ path, text }) => {
    const all = [...text.replaceAll(/https?:\/\/\S+/g, "").matchAll(named)].map(([found]) =>
      found.replace(/^(\.{1,2}\/)+/, ""),
    )
    return [...new Set(all)].filter((name) => !madeLater.test(name) && !isThere(name)).map((name) => `${path}: ${name}`)
  })
}
