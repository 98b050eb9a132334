import assert from "node:assert/strict"
import { test } from "node:test"
import { chatChangeOf, chatFormOf, siteLines } from "./chat-form-values.ts"
import type { Connection } from "../../../settings/connections/connection-queries.ts"

test("sites stand one a line, with https where no scheme is written", () => {
  assert.deepEqual(siteLines(" shop.example\nhttp://localhost:3000, https://*.shop.example\n\n"), [
    "https://shop.example",
    "http://localhost:3000",
    "https://*.shop.example",
  ])
})

test("a form that nobody touched sends what is there, and what is emptied is taken away", () => {
  const look = {
    title: "Ayuda",
    color: "#0f766e",
    textColor: "#ffffff",
    position: "left",
    sites: ["https://a.example"],
  }
  const questions = [{ id: "q1", label: "Pedido", required: true, options: ["Uno", "Otro"] }]
  const settings = {
    ...look,
    preChat: { name: "off", email: "required", questions },
    outOfHours: "form",
    transcript: false,
  }
  const more = { greeting: "Hola", calendarId: "cal_1", outOfHoursText: "Mañana" }
  const form = chatFormOf({ settings, ...more } as unknown as Connection)
  assert.deepEqual(chatChangeOf(form), { ...more, settings: { ...settings, logo: null } })
  const emptied = chatChangeOf({
    ...form,
    title: " ",
    color: "",
    greeting: "",
    sites: "",
    askEmail: "off",
    questions: [],
  })
  const { title, color, textColor, sites, preChat } = emptied.settings as Record<string, unknown>
  assert.deepEqual([emptied.greeting, title, color, textColor, sites, preChat], [null, null, null, null, [], null])
})
