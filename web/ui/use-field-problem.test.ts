import assert from "node:assert/strict"
import { test } from "node:test"
import { sources } from "#test/source-files.ts"

// As attributes of an element: what the browser would refuse in a bubble of its own, in its own language. Of a slider it refuses nothing.
const judged = /\s(required\b|(pattern|minLength|min|max|step)=)|type="(email|url|number|date|time|datetime-local)"/
const fields = /<(?:input(?![^>]*type="range")|select|textarea)\b(?:=>|[^>])*>/g

test("every field that the browser judges says in words of ours what is wrong", () => {
  const wordless = sources("web/**/*.tsx").filter(
    ({ text }) => !text.includes("useFieldProblem(") && text.match(fields)?.some((field) => judged.test(field)),
  )
  assert.deepEqual(
    wordless.map(({ path }) => path),
    [],
  )
})

test("a page with a form of its own asks the browser for no bubbles", () => {
  const forms = sources("web/**/*.html", "src/tracking/*.ts", "src/surveys/*.ts").flatMap(({ path, text }) =>
    (text.match(/<form\b[^>]*>[^]*?<\/form>/g) ?? []).map((form) => ({ path, form })),
  )
  const bubbling = forms.filter(
    ({ form }) => /\srequired\b|type="email"/.test(form) && !/^<form[^>]*novalidate/.test(form),
  )
  assert.deepEqual(
    bubbling.map(({ path }) => path),
    [],
  )
})
