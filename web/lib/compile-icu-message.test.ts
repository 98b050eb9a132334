import assert from "node:assert/strict"
import { test } from "node:test"
import { compileMessage } from "@lingui/message-utils/compileMessage"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { compileText } from "./compile-icu-message.ts"

type Token = ReturnType<typeof compileText>[number]

/** What stands side by side as one: where a text is cut makes no difference. `#` is the number in a plural and itself elsewhere. */
const joined = (tokens: Token[], inPlural = false): Token[] =>
  tokens.reduce<Token[]>((before, token) => {
    const last = before.at(-1)
    const isNumber = inPlural && (token === "#" || last === "#")
    if (typeof token === "string" && typeof last === "string" && !isNumber)
      return [...before.slice(0, -1), last + token]
    if (typeof token === "string" || token.length === 1) return [...before, token]
    const [name, kind, { offset: _none, ...arms }] = token as [string, string, Record<string, Token[]>]
    const arm = (one: Token[]) => joined(one, inPlural || kind !== "select")
    return [...before, [name, kind, Object.fromEntries(Object.entries(arms).map(([key, one]) => [key, arm(one)]))]]
  }, [])

test("every text means what it means to Lingui's own compiler", () => {
  for (const catalogue of [en, es])
    for (const [id, text] of Object.entries(catalogue))
      assert.deepEqual(joined(compileText(text)), joined(compileMessage(text) as Token[]), `${id}: ${text}`)
})
