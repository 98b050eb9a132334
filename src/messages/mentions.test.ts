import assert from "node:assert/strict"
import { test } from "node:test"
import { mentionedIn } from "./mentions.ts"

const people = [
  { id: "usr_1", name: "Ana Pérez" },
  { id: "usr_2", name: "Ana" },
  { id: "usr_3", name: "Bruno Díaz" },
  { id: "usr_4", name: "Sol" },
  { id: "usr_5", name: "Sol Ríos" },
]

const cases: [text: string, expected: string[]][] = [
  ["@Bruno Díaz, ¿lo ves?", ["usr_3"]],
  ["@bruno diaz y @BRUNO otra vez", ["usr_3"]],
  ["mira @Ana Pérez", ["usr_1"]],
  ["mira @Ana, por favor", ["usr_2"]],
  ["(@sol)", ["usr_4"]],
  ["@Sol Ríos y @Sol", ["usr_5", "usr_4"]],
  ["@usr_3 @usr_4", ["usr_3", "usr_4"]],
  ["escribe a ana@sol.com o soporte.@sol", []],
  ["@Brunoso, @, @nadie", []],
  ["", []],
]

for (const [text, expected] of cases)
  test(JSON.stringify(text), () => assert.deepEqual(mentionedIn(text, people), expected))

test("calls without end are not followed to their end", () => {
  assert.deepEqual(mentionedIn("@nadie ".repeat(499) + "@Sol", people), ["usr_4"])
  assert.deepEqual(mentionedIn("@nadie ".repeat(500) + "@Sol", people), [])
})
