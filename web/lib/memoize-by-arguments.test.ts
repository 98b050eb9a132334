import assert from "node:assert/strict"
import { test } from "node:test"
import { memoizeByArguments } from "./memoize-by-arguments.ts"

test("what is asked with the same arguments is made once, whatever object they come in", () => {
  let made = 0
  const textOf = memoizeByArguments(
    (locale: string, options: object) => `${locale} ${Object.keys(options).join()} ${++made}`,
  )
  assert.equal(textOf("es", { day: "numeric" }), "es day 1")
  assert.equal(textOf("es", { day: "numeric" }), "es day 1")
  assert.equal(textOf("en", { day: "numeric" }), "en day 2")
  assert.equal(textOf("es", { month: "short" }), "es month 3")
})
