// Retired words stand in no name of a file and in no export: one term per idea, the one that the field uses.
import assert from "node:assert/strict"
import { test } from "node:test"
import { sources } from "./source-files.ts"

// The word, and what is said instead.
const retired: Record<string, string> = {
  aside: "failed delivery",
  ago: "minutes ago",
  bear: "insert",
  bond: "link",
  bonds: "links",
  born: "created",
  bury: "close",
  company: "ticket viewers",
  door: "connection, endpoint, namespace or webhook",
  doors: "connections",
  ear: "listen",
  forget: "purge or delete",
  gather: "batch",
  glance: "lookup",
  hear: "receive",
  hush: "unsubscribe",
  introduce: "fill in details",
  knot: "timeline item",
  lane: "batch",
  leftovers: "by what they hold",
  letter: "e-mail",
  meet: "find or create",
  moments: "date",
  news: "customer e-mails",
  poke: "wake",
  rekey: "move to contact",
  shelf: "shared items",
  shout: "broadcast",
  standing: "reply options, lag, status label",
  tidy: "cleanup",
  together: "batch",
  told: "by what was written",
  whoever: "by who they are",
}
const code = [...sources("{bench,demo,src,test}/**/*.ts"), ...sources("web/**/*.{ts,tsx}")]
const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
const retiredIn = (name: string) => wordsOf(name).find((word) => Object.hasOwn(retired, word))

test("no file is called by a retired word", () => {
  const wrong = code.flatMap(({ path }) => {
    const word = retiredIn(path.replace(/\.tsx?$/, ""))
    return word ? [`${path}: ${word} is ${retired[word]}`] : []
  })
  assert.deepEqual(wrong, [])
})

test("no export is called by a retired word", () => {
  const declared = /^export (?:async )?(?:function|const|let|type|class|interface) (\w+)/gm
  const wrong = code.flatMap(({ path, text }) =>
    [...text.matchAll(declared)].flatMap(([, name]) => {
      const word = retiredIn(name!)
      return word ? [`${path} ${name}: ${word} is ${retired[word]}`] : []
    }),
  )
  assert.deepEqual(wrong, [])
})
