// What people write may be made to be slow. Every function that takes a text apart is given short units repeated, n and 2n
// characters of them, and judged by the growth of the processor's time: twice the text, twice the time. A new one is listed
// here, or the first test fails.
import assert from "node:assert/strict"
import { test } from "node:test"
import { ourDigits } from "../src/contacts/match.ts"
import { meantBy, searchedWords } from "../src/contacts/searching.ts"
import { csvRows } from "../src/kernel/table.ts"
import { cleanText } from "../src/incidents/clean.ts"
import { mended } from "../src/incidents/mojibake.ts"
import { momentOf } from "../src/incidents/moments.ts"
import { foldWord } from "../src/incidents/words.ts"
import { foldWords, isAcknowledgement } from "../src/intake/acknowledgement.ts"
import { foldedLine } from "../src/kernel/fields.ts"
import { tooMuchJson } from "../src/kernel/json-limits.ts"
import { oneLine, senderIn } from "../src/kernel/mail-address.ts"
import { asMarkdown, fill, unknownVariables, type Values } from "../src/macros/fill.ts"
import { parseInline, wordsOf } from "../src/markdown/inline.ts"
import { linksIn } from "../src/markdown/links.ts"
import { parse } from "../src/markdown/parse.ts"
import { plainTextOf, whatsappTextOf } from "../src/markdown/text.ts"
import { cleanHtml, picturesIn, renderMarkdown } from "../src/messages/markdown.ts"
import { mentionedIn } from "../src/messages/mentions.ts"
import { fold } from "../src/privacy/fold.ts"
import { isPersonal, personalIn } from "../src/privacy/classify.ts"
import { isPhoneHash } from "../src/privacy/phone-hash.ts"
import { readPhone } from "../src/privacy/phones.ts"
import { redact } from "../src/privacy/redact.ts"
import { type Facts, failing } from "../src/routing/conditions.ts"
import { asSought } from "../src/tickets/fields/store.ts"
import { readSearch } from "../src/tickets/text.ts"
import { previewOf } from "../web/inbox/preview.ts"
import { oneLine as templateLine } from "../web/templates/one-line.ts"
import { unresolvedIn } from "../web/macros/macro.ts"
import { called, calledBy, callingAt } from "../web/tickets/mentions.ts"
import { spansOf } from "../web/tickets/plain.ts"
import { seed } from "./seed.ts"
import { sources } from "./source.ts"

const people = [
  { id: "usr_1", name: "Ana Gómez" },
  { id: "usr_2", name: "Sol" },
]
const values = { "contact.name": "Carla" } as Values
const known = { guias: ["240062099941"], phones: ["+573001234567"] }
const calling = { from: 0, text: "a" }
const facts = (description: string) => ({ description, customFields: { note: description } }) as unknown as Facts
const conditions = ["contains", "equals", "matches", "gt"].flatMap((operator) =>
  ["description", "customFields.note"].map((field) => ({ field, operator, value: "(a+)+b|12-.*x" })),
)
const csv = { rows: 1e6, columns: 1e6, delimiter: ",", unreadable: "", relaxQuotes: true }
let times = 0

const functions: Record<string, (text: string) => unknown> = {
  "src/contacts/match.ts ourDigits": ourDigits,
  "src/contacts/searching.ts meantBy": (text) => meantBy(text, "CO"),
  "src/contacts/searching.ts searchedWords": searchedWords,
  "src/incidents/clean.ts cleanText": (text) => cleanText(text, known),
  "src/incidents/mojibake.ts mended": mended,
  "src/incidents/moments.ts momentOf": (text) => momentOf(text),
  "src/incidents/words.ts foldWord": foldWord,
  "src/intake/acknowledgement.ts foldWords": foldWords,
  "src/intake/acknowledgement.ts isAcknowledgement": (text) => isAcknowledgement(text, ["ok", "gracias", "👍"]),
  "src/kernel/json-limits.ts tooMuchJson": (text) => tooMuchJson(text),
  "src/kernel/fields.ts foldedLine": (text) => foldedLine(text, 1e6),
  "src/kernel/mail-address.ts oneLine": (text) => oneLine(text, 1e6),
  "src/kernel/mail-address.ts senderIn": senderIn,
  "src/kernel/table.ts csvRows": (text) => attempt(() => csvRows(text, csv)),
  "src/macros/fill.ts asMarkdown": asMarkdown,
  "src/macros/fill.ts fill": (text) => fill(text, values),
  "src/macros/fill.ts unknownVariables": unknownVariables,
  "src/markdown/inline.ts parseInline": (text) =>
    wordsOf(parseInline(text, "staff")) + wordsOf(parseInline(text, "whatsapp")),
  "src/markdown/links.ts linksIn": linksIn,
  "src/markdown/parse.ts parse": parse,
  "src/markdown/text.ts plainTextOf": plainTextOf,
  "src/markdown/text.ts whatsappTextOf": whatsappTextOf,
  "src/messages/markdown.ts cleanHtml": (text) => cleanHtml(`${text}${times++}`),
  "src/messages/markdown.ts picturesIn": picturesIn,
  "src/messages/markdown.ts renderMarkdown": (text) => renderMarkdown(`${text}${times++}`),
  "src/messages/mentions.ts mentionedIn": (text) => mentionedIn(text, people),
  "src/privacy/classify.ts isPersonal": (text) => isPersonal(text),
  "src/privacy/classify.ts personalIn": (text) => personalIn(text, known),
  "src/privacy/fold.ts fold": fold,
  "src/privacy/phone-hash.ts isPhoneHash": isPhoneHash,
  "src/privacy/phones.ts readPhone": (text) => readPhone(text, "CO"),
  "src/privacy/redact.ts redact": (text) => redact(text, known),
  "src/routing/conditions.ts failing": (text) => conditions.map((one) => failing([one], facts(text))),
  "src/tickets/fields/store.ts asSought": asSought,
  "src/tickets/text.ts readSearch": (text) => readSearch(text, "CO", true),
  "web/inbox/preview.ts previewOf": (text) =>
    previewOf({ preview: null, draftText: text, description: text, channel: "whatsapp" }),
  "web/macros/macro.ts unresolvedIn": unresolvedIn,
  "web/templates/one-line.ts oneLine": templateLine,
  "web/tickets/mentions.ts called": (text) => called(text, calling, "Ana"),
  "web/tickets/mentions.ts calledBy": (text) => calledBy(text, people),
  "web/tickets/mentions.ts callingAt": (text) => callingAt(text, text.length),
  "web/tickets/plain.ts spansOf": (text) => spansOf(text, { marks: true }),
}

// What takes no text that anybody may write.
const spared = [
  "src/contacts/match.ts isCountry",
  "web/lib/title.ts useTitle",
  "web/ui/copy.tsx copyText",
  "web/ui/toast.tsx toast",
]

test("every exported function that takes a text is listed here", () => {
  const takesText =
    /^export (?:async )?(?:function|const) (\w+)(?: = )?(?:<[^>]*>)?\(?\(?(?:text|source|markdown|original|html|csv|content|json): string/gm
  const found = sources("src/**/*.ts", "web/**/*.{ts,tsx}")
    .filter(({ path, isTest }) => !isTest && !path.startsWith("src/cli/"))
    .flatMap(({ path, text }) => [...text.matchAll(takesText)].map(([, name]) => `${path} ${name}`))
  assert.deepEqual(
    found.filter((name) => !(name in functions) && !spared.includes(name)),
    [],
  )
})

const nasty = [
  ..."[]()<>*_~`#>-+=|\\/&%@!.,:;'\"0 \t\n\r\0{}ñ物٤",
  "*a_",
  "**a",
  "*a ",
  "_a ",
  "~~a",
  "`a",
  "[a](",
  "![a](",
  "[a](https://x",
  "> ",
  "- ",
  "1. ",
  "# ",
  "```\n",
  "a\n",
  "12-",
  "1 a ",
  "+57 300 ",
  "300 123 4567 ",
  "1400000000 ",
  "1.111",
  "$1.111.",
  "tel 1 ",
  "cc 123.456 ",
  "a@b.",
  "a1a",
  "ab_1",
  "&#43;",
  "%2B",
  "=2B",
  "QUFB",
  "https://a.b/",
  "www.a ",
  "https://((",
  "@ana ",
  "{{a}}",
  "{{ ",
  "Ã³",
  "Ãƒ",
  "ok ",
  "👍",
  "<b>",
  "<a href=",
  "<!--",
  "\u0301",
  "\u200D",
  "\u202E",
  "\uD83D",
  "   ",
  "  \n",
  '" ',
  '",',
  "a<b@c",
  "05-03-2026 ",
  "(a",
  "aaab",
]

/** Short units in a fixed order for each seed (Lehmer's generator). */
function units(count: number): string[] {
  let state = (seed % 2_147_483_646) + 1
  const next = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(4) }, () => nasty[next(nasty.length)]!).join(""),
  )
}

const all = [...nasty, ...units(12)]
// The longest message, and what nobody doubts at these lengths whatever the machine is doing.
const longest = 65_536
const hopeless: [length: number, ms: number][] = [
  [1_024, 500],
  [8_192, 2_000],
]
const negligibleMs = 15
const ratio = 3

test(`twice the text takes about twice the time, whatever it repeats (seed ${seed})`, (t) => {
  t.diagnostic(`HILO_SEED=${seed}`)
  const slow: string[] = []
  for (const [name, run] of Object.entries(functions))
    for (const unit of all) if (growsFaster(run, unit)) slow.push(`${name} of ${JSON.stringify(unit)}`)
  assert.deepEqual(slow, [])
})

/** Two doublings in a row must agree that it is too much: what is slow by chance is seldom slow twice. */
function growsFaster(run: (text: string) => unknown, unit: string): boolean {
  if (hopeless.some(([length, ms]) => cpuMs(run, unit, length) > ms)) return true
  if (cpuMs(run, unit, longest) < negligibleMs) return false
  const time = (length: number) => Math.min(...Array.from({ length: 3 }, () => cpuMs(run, unit, length)))
  const [quarter, half, whole] = [longest / 4, longest / 2, longest].map(time) as [number, number, number]
  return whole > ratio * half && half > ratio * quarter
}

function cpuMs(run: (text: string) => unknown, unit: string, length: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length))
  const before = process.cpuUsage()
  run(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function attempt(run: () => unknown) {
  try {
    return run()
  } catch {
    return null
  }
}
