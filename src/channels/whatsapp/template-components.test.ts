import assert from "node:assert/strict"
import { test } from "node:test"
import { type Component, unfillablePart } from "./template-components.ts"

const body: Component = { type: "BODY", text: "Hola {{1}}" }
const buttons = (...types: string[]): Component => ({ type: "BUTTONS", buttons: types.map((type) => ({ type })) })

const cases: [string | null, Component[]][] = [
  [null, [body]],
  [null, [{ type: "header", format: "text", text: "Hola" }, body, { type: "FOOTER", text: "Gracias" }]],
  [null, [{ type: "HEADER", format: "DOCUMENT" }, body, buttons("QUICK_REPLY", "URL", "PHONE_NUMBER")]],
  ["FLOW", [body, buttons("QUICK_REPLY", "FLOW")]],
  ["COPY_CODE", [body, buttons("COPY_CODE")]],
  ["MPM", [body, buttons("MPM")]],
  ["OTP", [body, buttons("OTP")]],
  ["LOCATION", [{ type: "HEADER", format: "LOCATION" }, body]],
  ["CAROUSEL", [body, { type: "CAROUSEL" }]],
  ["LIMITED_TIME_OFFER", [{ type: "LIMITED_TIME_OFFER" }, body]],
]

for (const [part, components] of cases)
  test(`${part ?? "nothing"} keeps a template of ${components.map(({ type }) => type).join(", ")} from being filled`, () =>
    assert.equal(unfillablePart(components), part))
