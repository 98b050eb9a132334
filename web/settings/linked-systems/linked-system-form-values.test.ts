import assert from "node:assert/strict"
import { test } from "node:test"
import { formValuesOf, linesSetting, numberSetting, settingsToSend, textSetting } from "./linked-system-form-values.ts"

const formats = {
  settings: { auth: textSetting("basic"), login: textSetting(), pace: numberSetting(5), addresses: linesSetting },
  secrets: ["key", "password", "hookSecret"],
  unused: ({ auth }: Record<string, string>) => (auth === "admin" ? ["key"] : ["login", "password"]),
}
const stored = {
  name: "Splynx",
  settings: { auth: "basic", addresses: ["10.0.0.1", "10.1.0.0/16"] },
  secretsSet: ["key", "hookSecret"],
  lastSeenAt: null,
  failingSince: null,
  failure: null,
  createdAt: "",
  updatedAt: "",
}
const held = formValuesOf(formats, stored)

test("a form shows what is set, what counts where nothing is, and no secret", () => {
  assert.deepEqual(held, {
    name: "Splynx",
    settings: { auth: "basic", login: "", pace: "5", addresses: "10.0.0.1\n10.1.0.0/16" },
    secrets: { key: "", password: "", hookSecret: "" },
  })
})

const kept = { auth: "basic", pace: 5, addresses: ["10.0.0.1", "10.1.0.0/16"] }
const cases: [what: string, settings: object, secrets: object, sent: object][] = [
  ["untouched secrets stay", {}, {}, kept],
  ["a new secret replaces the one that is kept", {}, { key: "another key" }, { ...kept, key: "another key" }],
  ["a secret is taken away", {}, { hookSecret: null }, { ...kept, hookSecret: null }],
  ["what is not kept is not taken away", {}, { password: null }, kept],
  ["an emptied field takes the setting away", { addresses: " " }, {}, { ...kept, addresses: null }],
  [
    "another way to authenticate takes the secrets of the other one away",
    { auth: "admin", login: " hilo " },
    { password: "a password", key: "typed before" },
    { ...kept, auth: "admin", login: "hilo", password: "a password", key: null },
  ],
]
for (const [what, settings, secrets, sent] of cases)
  test(what, () => {
    const values = { ...held, settings: { ...held.settings, ...settings }, secrets: { ...held.secrets, ...secrets } }
    assert.deepEqual(settingsToSend(formats, values, stored), sent)
  })

test("a new system is sent what is filled in, and nothing to take away", () => {
  const values = formValuesOf(formats, undefined)
  assert.deepEqual(settingsToSend(formats, values, undefined), { auth: "basic", pace: 5 })
})
