// What people write may be made to be slow. Every function that takes a text apart is given short units repeated, n and 2n
// characters of them, and judged by the growth of the processor's time: twice the text, twice the time. A new one is listed
// here, or the first test fails.
import assert from "node:assert/strict"
import { test } from "node:test"
import { parseHookBody } from "../src/agreements/gestionreal/parse-hook-body.ts"
import { isLanguage } from "../src/contacts/api-contract.ts"
import { normalizeDigits } from "../src/kernel/parsing/typed-text.ts"
import { parseContactQuery, searchedWords } from "../src/contacts/search-condition.ts"
import { normalizeSite } from "../src/channels/webchat/allowed-sites.ts"
import { pngOf } from "../src/channels/webchat/png-picture.ts"
import { pageAddress } from "../src/channels/webchat/page-address.ts"
import { csvRows } from "../src/kernel/parsing/csv-and-xlsx-rows.ts"
import { htmlToText } from "../src/kernel/parsing/html-to-text.ts"
import { sanitizeText } from "../src/incidents/reporting/sanitize-input.ts"
import { ownNumber } from "../src/importing/writing/keep-or-replace-ticket-numbers.ts"
import { repairEncoding } from "../src/incidents/carriers/repair-encoding.ts"
import { parseCarrierDate } from "../src/incidents/carriers/parse-carrier-date.ts"
import { foldStatus } from "../src/incidents/carriers/status-mapping.ts"
import { foldWords, isAcknowledgement } from "../src/intake/detect-acknowledgement.ts"
import { escapeHtml } from "../src/kernel/http/html-template.ts"
import { foldedLine } from "../src/kernel/http/input-fields.ts"
import { isNetwork } from "#kernel/config.ts"
import { exceedsJsonLimits } from "../src/kernel/http/json-limits.ts"
import { headerLine, parseSender } from "../src/kernel/mail/mail-address.ts"
import { asMarkdown, fillPlaceholders, unknownVariables, type Values } from "../src/macros/fill-placeholders.ts"
import { parseInline, wordsOf } from "../src/markdown/parse-inline.ts"
import { linksIn } from "../src/markdown/find-links.ts"
import { parse } from "../src/markdown/parse-blocks.ts"
import { plainTextOf, textWithMarks } from "../src/markdown/to-plain-text.ts"
import { cleanHtml, picturesIn, renderMarkdown } from "../src/messages/render-markdown.ts"
import { mentionedIn } from "../src/messages/mentions.ts"
import { foldText } from "../src/privacy/fold-disguised-text.ts"
import { containsPersonalData, findPersonalData } from "../src/privacy/find-personal-data.ts"
import { isPhoneHash } from "../src/privacy/phone-hash.ts"
import { parsePhone } from "../src/privacy/parse-phone-by-home-country.ts"
import { redact } from "../src/privacy/redact-text.ts"
import { type ConditionFacts, failingConditions } from "../src/conditions/evaluate-conditions.ts"
import { searchableValue } from "../src/tickets/fields/custom-field-store.ts"
import { readSearch } from "../src/tickets/search/search-terms.ts"
import { optionLines } from "../web/channels/webchat/settings/chat-form-values.ts"
import { looksLikeEmail } from "../web/chat/looks-like-email.ts"
import { messagePreview, previewLine } from "../web/inbox/list/message-preview.ts"
import { compileText } from "../web/lib/compile-icu-message.ts"
import { oneLine as templateLine } from "../web/templates/value-to-one-line.ts"
import { firstVariable, unresolvedVariables } from "../web/macros/macro-types-and-variables.ts"
import { firstLine } from "../web/macros/match-choices.ts"
import { slashAt, withoutSlash } from "../web/macros/slash-at-caret.ts"
import { completeMention, matchingPeople, mentionAt } from "../web/tickets/composer/mention-at-caret.ts"
import { parseFormattedText } from "../web/tickets/messages/parse-formatted-text.ts"
import { mailFunctions } from "./linear-time-of-mails.ts"
import { seed } from "./fast-check-seed.ts"
import { sources } from "./source-files.ts"

const people = [
  { id: "usr_1", name: "Ana Gómez" },
  { id: "usr_2", name: "Sol" },
]
const values = { "contact.name": "Carla" } as Values
const known = { guias: ["240062099941"], phones: ["+573001234567"] }
const calling = { from: 0, text: "a" }
const facts = (description: string) =>
  ({ description, customFields: { note: description } }) as unknown as ConditionFacts
const conditions = ["contains", "equals", "matches", "gt"].flatMap((operator) =>
  ["description", "customFields.note"].map((field) => ({ field, operator, value: "(a+)+b|12-.*x" })),
)
const csv = { rows: 1e6, columns: 1e6, delimiter: ",", unreadable: "", relaxQuotes: true }
let times = 0

const functions: Record<string, (text: string) => unknown> = {
  ...mailFunctions,
  "src/agreements/gestionreal/parse-hook-body.ts parseHookBody": (text) => {
    parseHookBody(text, [])
    parseHookBody(JSON.stringify({ [text]: text, "Numero de ticket": text, fc: text }), [])
  },
  "src/channels/webchat/allowed-sites.ts normalizeSite": (text) => normalizeSite(`https://*.${text}`),
  "src/channels/webchat/png-picture.ts pngOf": (text) => pngOf(`data:image/png;base64,${text}`),
  "src/channels/webchat/page-address.ts pageAddress": (text) => pageAddress(`https://x.example/${text}`),
  "src/contacts/api-contract.ts isLanguage": (text) => isLanguage(text) || isLanguage(`es-${text}`),
  "src/kernel/parsing/typed-text.ts normalizeDigits": normalizeDigits,
  "src/contacts/search-condition.ts parseContactQuery": (text) => parseContactQuery(text, "CO"),
  "src/contacts/search-condition.ts searchedWords": searchedWords,
  "src/importing/writing/keep-or-replace-ticket-numbers.ts ownNumber": ownNumber,
  "src/incidents/reporting/sanitize-input.ts sanitizeText": (text) => sanitizeText(text, known),
  "src/incidents/carriers/repair-encoding.ts repairEncoding": repairEncoding,
  "src/incidents/carriers/parse-carrier-date.ts parseCarrierDate": (text) => parseCarrierDate(text),
  "src/incidents/carriers/status-mapping.ts foldStatus": foldStatus,
  "src/intake/detect-acknowledgement.ts foldWords": foldWords,
  "src/intake/detect-acknowledgement.ts isAcknowledgement": (text) => isAcknowledgement(text, ["ok", "gracias", "👍"]),
  "src/kernel/config.ts isNetwork": isNetwork,
  "src/kernel/http/html-template.ts escapeHtml": escapeHtml,
  "src/kernel/http/json-limits.ts exceedsJsonLimits": (text) => exceedsJsonLimits(text),
  "src/kernel/http/input-fields.ts foldedLine": (text) => foldedLine(text, 1e6),
  "src/kernel/mail/mail-address.ts headerLine": (text) => headerLine(text, 1e6),
  "src/kernel/mail/mail-address.ts parseSender": parseSender,
  "src/kernel/parsing/csv-and-xlsx-rows.ts csvRows": (text) => attempt(() => csvRows(text, csv)),
  "src/kernel/parsing/html-to-text.ts htmlToText": htmlToText,
  "src/macros/fill-placeholders.ts asMarkdown": asMarkdown,
  "src/macros/fill-placeholders.ts fillPlaceholders": (text) => fillPlaceholders(text, values),
  "src/macros/fill-placeholders.ts unknownVariables": unknownVariables,
  "src/markdown/parse-inline.ts parseInline": (text) =>
    wordsOf(parseInline(text, "staff")) + wordsOf(parseInline(text, "single")),
  "src/markdown/find-links.ts linksIn": linksIn,
  "src/markdown/parse-blocks.ts parse": parse,
  "src/markdown/to-plain-text.ts plainTextOf": plainTextOf,
  "src/markdown/to-plain-text.ts textWithMarks": (text) => textWithMarks(text, "single"),
  "src/messages/render-markdown.ts cleanHtml": (text) => cleanHtml(`${text}${times++}`),
  "src/messages/render-markdown.ts picturesIn": picturesIn,
  "src/messages/render-markdown.ts renderMarkdown": (text) => renderMarkdown(`${text}${times++}`),
  "src/messages/mentions.ts mentionedIn": (text) => mentionedIn(text, people),
  "src/privacy/find-personal-data.ts containsPersonalData": (text) => containsPersonalData(text),
  "src/privacy/find-personal-data.ts findPersonalData": (text) => findPersonalData(text, known),
  "src/privacy/fold-disguised-text.ts foldText": foldText,
  "src/privacy/phone-hash.ts isPhoneHash": isPhoneHash,
  "src/privacy/parse-phone-by-home-country.ts parsePhone": (text) => parsePhone(text, "CO"),
  "src/privacy/redact-text.ts redact": (text) => redact(text, known),
  "src/conditions/evaluate-conditions.ts failingConditions": (text) =>
    conditions.map((one) => failingConditions([one], facts(text))),
  "src/tickets/fields/custom-field-store.ts searchableValue": searchableValue,
  "src/tickets/search/search-terms.ts readSearch": (text) => readSearch(text, "CO", true),
  "web/channels/webchat/settings/chat-form-values.ts optionLines": optionLines,
  "web/chat/looks-like-email.ts looksLikeEmail": looksLikeEmail,
  "web/inbox/list/message-preview.ts messagePreview": (text) =>
    messagePreview({ preview: null, draftText: text, description: text, channel: "whatsapp" }),
  "web/inbox/list/message-preview.ts previewLine": (text) => previewLine(text, "whatsapp"),
  "web/lib/compile-icu-message.ts compileText": compileText,
  "web/macros/macro-types-and-variables.ts firstVariable": firstVariable,
  "web/macros/macro-types-and-variables.ts unresolvedVariables": unresolvedVariables,
  "web/macros/match-choices.ts firstLine": firstLine,
  "web/macros/slash-at-caret.ts slashAt": (text) => slashAt(text, text.length),
  "web/macros/slash-at-caret.ts withoutSlash": (text) => withoutSlash(text, calling),
  "web/templates/value-to-one-line.ts oneLine": templateLine,
  "web/tickets/composer/mention-at-caret.ts completeMention": (text) => completeMention(text, calling, "Ana"),
  "web/tickets/composer/mention-at-caret.ts matchingPeople": (text) => matchingPeople(text, people),
  "web/tickets/composer/mention-at-caret.ts mentionAt": (text) => mentionAt(text, text.length),
  "web/tickets/messages/parse-formatted-text.ts parseFormattedText": (text) => parseFormattedText(text, "single"),
}

// What takes no text that anybody may write.
const spared = [
  // In a thread, and what it does there is above: sanitizeStoredMailHtml.
  "src/channels/email/message/body/stored-html-sanitizer.ts sanitizeInThread",
  "src/contacts/identities/normalize-address.ts isCountry",
  "web/lib/document-title.ts useDocumentTitle",
  "web/ui/copy-button-and-snippet.tsx copyText",
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
  "> a\n",
  "De: a\n",
  "<a@b> ",
  "=?utf-8?q?a?= ",
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
// The longest message; and a part of it, by which what grows too fast is known before it takes long.
const lengths = [8_192, 65_536]
// What nobody doubts at these lengths whatever the machine is doing.
const hopeless = new Map([
  [1_024, 500],
  [8_192, 2_000],
])
const negligibleMs = 15
const ratio = 3
// As many say what is wrong.
const namedAtMost = 5

test(`twice the text takes about twice the time, whatever it repeats (seed ${seed})`, (t) => {
  t.diagnostic(`HILO_SEED=${seed}`)
  const slow: string[] = []
  for (const [name, run] of Object.entries(functions)) {
    const unit = slow.length < namedAtMost ? all.find((one) => growsFaster(run, one)) : undefined
    if (unit !== undefined) slow.push(`${name} of ${JSON.stringify(unit)}`)
  }
  assert.deepEqual(slow, [])
})

function growsFaster(run: (text: string) => unknown, unit: string): boolean {
  return isHopeless(1_024, cpuMs(run, unit, 1_024)) || lengths.some((length) => growsUpTo(run, unit, length))
}

const isHopeless = (length: number, ms: number) => ms > (hopeless.get(length) ?? Infinity)

/** Two doublings in a row must agree that it is too much: what is slow by chance is seldom slow twice. */
function growsUpTo(run: (text: string) => unknown, unit: string, longest: number): boolean {
  const once = cpuMs(run, unit, longest)
  if (once < negligibleMs) return false
  if (isHopeless(longest, once)) return true
  if (once <= ratio * cpuMs(run, unit, longest / 2)) return false
  const time = (length: number) => Math.min(...Array.from({ length: 3 }, () => cpuMs(run, unit, length)))
  const [quarter, half, whole] = [time(longest / 4), time(longest / 2), time(longest)]
  // What is soon done when it is done again was slow for other reasons.
  return whole >= negligibleMs && whole > ratio * half && half > ratio * quarter
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
