// Retired words stand in no name of a file, an export, a type, a function, a text or a test, and in no comment: one term per idea,
// the one that the field uses.
import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "#texts/en.ts"
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
  parcel: "shipment",
  parcels: "shipments",
  poke: "wake",
  rekey: "move to contact",
  seat: "client session",
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

// Harmless in a longer name; as a whole one it says too much at once.
const retiredWhole: Record<string, string> = {
  checks: "invariants, or by what is checked",
  deliveries: "incoming webhooks, delivery reports or sends",
}

test("no file and no folder is called by a word that means several things here", () => {
  const wrong = code.flatMap(({ path }) => {
    const word = path
      .replace(/(\.test)?\.tsx?$/, "")
      .split("/")
      .find((part) => Object.hasOwn(retiredWhole, part))
    return word ? [`${path}: ${word} is ${retiredWhole[word]}`] : []
  })
  assert.deepEqual(wrong, [])
})

test("no export, type or function is called by a retired word", () => {
  const declared =
    /^(?:export (?:async )?(?:const|let) | *(?:export )?(?:abstract )?(?:type|class|interface) |(?:export )?(?:async )?function )(\w+)/gm
  assert.deepEqual(
    namesBy(declared, (name) => {
      const word = retiredIn(name)
      return word && `${word} is ${retired[word]}`
    }),
    [],
  )
})

// Beside the words above: in ids of texts, whose parts are words.
const retiredInTexts: Record<string, string> = {
  ...retired,
  heard: "received",
  my: "portal",
  overtaken: "newerReply",
  taught: "added",
  teach: "add",
}

test("no text is called by a retired word", () => {
  const wrong = Object.keys(en).flatMap((id) => {
    const word = wordsOf(id).find((one) => Object.hasOwn(retiredInTexts, one))
    return word ? [`${id}: ${word} is ${retiredInTexts[word]}`] : []
  })
  assert.deepEqual(wrong, [])
})

// What prose says instead: a word that is harmless by itself is refused only where it stands for a technical term.
const retiredInProse: [RegExp, string][] = [
  [/\b(doors?|seats?)\b/i, "connection, endpoint, namespace, session"],
  [
    /\b(parcels?|knots?|shelf|ears?|lanes?|company)\b/i,
    "shipment, timeline item, shared items, listener, batch, viewers",
  ],
  [
    /\b(born|poke[ds]?|bur(y|ies|ied)|hush|shout|tid(y|ies|ied|ying)|gather(s|ed|ing)?)\b/i,
    "inserted, woken, dead letter, purged, batched",
  ],
  [/\b(take|takes|taken|taking|took) in\b/i, "receive, process, merge"],
  [/\b(put|puts|putting) (it |them |one )?off\b/i, "snooze"],
  [/\b(let|lets|letting) (it |them )?go of\b/i, "release, drop, delete"],
  [/\b(forget|forgets|forgetting)\b/i, "purge, delete"],
  [/\b(hears?|heard|told)\b/i, "receive, notify, log, show"],
  [/\bset aside\b/i, "quarantine"],
  [/\bwhoever\b(?! (of|the|came))/i, "user, agent, caller, holder, sender"],
]

test("no comment and no title of a test says it in retired words", () => {
  const prose = [...code, ...sources("{bin,db}/**/*.ts", "web/**/*.css")].filter(
    ({ path }) => path !== "test/glossary.test.ts",
  )
  const comments = /(?:^|[\s{(])(?:\/\/|\/\*\*?) (.*)$|^\s*\* (.*)$|^\s*(?:test|it|describe)\((["`].*)$/gm
  const wrong = prose.flatMap(({ path, text }) =>
    [...text.matchAll(comments)].flatMap(([, line, more, title]) => {
      const said = line ?? more ?? title!
      const found = retiredInProse.find(([phrase]) => phrase.test(said))
      return found ? [`${path}: ${found[0].exec(said)![0]} is ${found[1]}: ${said}`] : []
    }),
  )
  assert.deepEqual(wrong, [])
})

// What was done to something is no name for it: a type is called by what there is (`StoredReply`, `KeyRequest`).
const participles =
  `Accepted Addressed Applied Asked Barred Boarded Changing Chosen Coming Composed Copying Counted Creating Deed
  Defined Described Digested Doing Ended Ending Expected Fetched Fielded Filled Finding Found Gathered Given Heard Introduced Joining
  Judged Kept Known Landed Landing Listed Looked Made Making Measuring Missing Moved Named Noted One Opened Others Pasted Planted
  Prepared Promised Reached Refused Refusing Rejected Remembered Reported Saved Scored Sealed Seen Sent Settled Shown Simulated
  Splitting Standing Stored Taken Those Told Undone Unkeyed Waiting Wanted Whoever Writing Written`.split(/\s+/)

test("no type is called by a participle or a pronoun alone", () => {
  const types = /^ *(?:export )?(?:abstract )?(?:type|class|interface) (\w+)/gm
  assert.deepEqual(
    namesBy(types, (name) => participles.includes(name) && "says nothing of what it holds"),
    [],
  )
})

const namesBy = (declared: RegExp, fault: (name: string) => string | false | undefined) =>
  code.flatMap(({ path, text }) =>
    [...text.matchAll(declared)].flatMap(([, name]) => {
      const found = fault(name!)
      return found ? [`${path} ${name}: ${found}`] : []
    }),
  )
