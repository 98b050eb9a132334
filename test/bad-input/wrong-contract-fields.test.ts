// What is wrong is refused by its name and leaves nothing behind: every field of every contract, taken from the contracts themselves.
import assert from "node:assert/strict"
import { test } from "node:test"
import { changed, fieldsOf } from "./contract-fields.ts"
import { addressOf, type Reply, rowCounts, samples, send, withBody } from "./app-and-valid-bodies-for-all-routes.ts"

const wrongValues = { string: 42, number: "many", integer: 1.5, boolean: "yes", array: "one", object: "one" }

function assertNamed(answer: Reply, path: string, what: string) {
  assert.equal(answer.status, 400, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`)
  const named = (answer.body.errors ?? []).map((error) => error.path)
  assert.ok(
    named.some((one) => one === path || one.startsWith(`${path}.`)),
    `${what} names ${named.join(", ")}`,
  )
}

const post = (method: string, url: string, body: unknown) => send(method, addressOf(url), JSON.stringify(body))

test("every route with a body has a sample that its contract takes", () => {
  assert.ok(withBody.length >= 20)
  for (const { name, body } of withBody) {
    assert.ok(samples[name], `${name} has no sample`)
    assert.deepEqual(body.safeParse(samples[name]).error?.issues ?? [], [], name)
  }
})

test("each field missing, of another type or too long, and each unknown one, is refused by name and changes nothing", async () => {
  const before = await rowCounts()
  let tried = 0
  for (const { name, method, url, body } of withBody) {
    const sample = samples[name]!
    for (const { path, isRequired, types, maxLength, maxItems } of fieldsOf(body)) {
      const wrong = Object.entries(wrongValues).find(([type]) => types.includes(type))?.[1]
      const bad = [
        ...(isRequired && !path.includes(".") ? [undefined] : []),
        ...(wrong === undefined ? [] : [wrong]),
        ...(maxLength === undefined ? [] : ["x".repeat(maxLength + 1)]),
        ...(maxItems === undefined ? [] : [Array.from({ length: maxItems + 1 }, () => "x")]),
      ]
      for (const value of bad) {
        const what = `${name} with ${path} ${JSON.stringify(value)?.slice(0, 40) ?? "missing"}`
        assertNamed(await post(method, url, changed(sample, path, value)), path, what)
        tried++
      }
    }
    for (const unknown of ["surprise", "id", "passwordHash", "constructor", "prototype"]) {
      assertNamed(await post(method, url, { ...sample, [unknown]: { x: 1 } }), unknown, `${name} with ${unknown}`)
    }
  }
  assert.ok(tried > 150, `${tried} tries`)
  assert.deepEqual(await rowCounts(), before)
})

test("no text of a contract is without a bound", () => {
  const unbounded = withBody.flatMap(({ name, body }) =>
    fieldsOf(body)
      .filter((field) => field.isFree && field.maxLength === undefined)
      .map(({ path }) => `${name} ${path}`),
  )
  assert.deepEqual(unbounded, [])
})

let made = 0
/** The sample with new values where they must be nobody else's. */
function fresh(sample: Record<string, unknown>): Record<string, unknown> {
  made += 1
  const unique = {
    name: `Otra ${made}`,
    email: `n${made}@example.com`,
    externalId: `x-${made}`,
    clientId: `client-${made}`,
  }
  return { ...sample, ...Object.fromEntries(Object.entries(unique).filter(([key]) => key in sample)) }
}

const hostile = {
  "a NUL": "ho\0la",
  "half a surrogate pair": "ho\uD800la",
  "the other half": "\uDC00",
  "right-to-left marks": "\u202Ehola\u2066",
  "ten thousand combining characters": `h${"\u0301".repeat(10_000)}`,
  "a megabyte": "x".repeat(1_000_000),
  "only white space": " \t\n\u00A0",
  emoji: "👩‍👩‍👧‍👦🇨🇴",
  markup: `"><script>alert(1)</script>{{7*7}}\${7*7}`,
  "a quote": "'; drop table tickets; --",
}

test("texts that no one expects are stored safely or refused by name, in every field", async () => {
  const tables = Object.keys(await rowCounts())
  for (const { name, method, url, body } of withBody) {
    // What the sample means may not exist here (a template, say): then something else than the text is named.
    const isRefusedAnyway = (await post(method, url, fresh(samples[name]!))).status === 400
    for (const { path } of fieldsOf(body).filter((field) => field.isFree)) {
      for (const [what, text] of Object.entries(hostile)) {
        const answer = await post(method, url, changed(fresh(samples[name]!), path, text))
        assert.ok(answer.status < 500, `${name} ${path} with ${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
        if (url.startsWith("/api/") && name !== "POST /api/v1/session") assert.notEqual(answer.status, 401, name)
        // An object that the sample leaves out may lack its other fields: then those are named beside it.
        if (answer.status === 400 && !isRefusedAnyway && answer.body.code !== "duplicate_entry")
          assertNamed(answer, path.split(".")[0]!, `${name} ${path} with ${what}`)
        assert.doesNotMatch(answer.text, /\\u0000|\\ud800/i, `${name} ${path} with ${what}`)
      }
    }
  }
  assert.deepEqual(Object.keys(await rowCounts()), tables)
})

test("__proto__ in a body is refused and reaches no other object", async () => {
  for (const { name, method, url } of withBody) {
    const inside = JSON.stringify(samples[name]).slice(1, -1)
    for (const evil of [`"__proto__":{"role":"admin"}`, `"constructor":{"prototype":{"role":"admin"}}`]) {
      const answer = await send(method, addressOf(url), `{${[evil, inside].filter(Boolean).join(",")}}`)
      assert.equal(answer.status, 400, `${name}: ${answer.status}`)
    }
  }
  assert.equal(({} as Record<string, unknown>)["role"], undefined)
})
