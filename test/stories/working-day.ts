// Ten tickets to be worked off in a day, and what has become of them at its end.
import assert from "node:assert/strict"
import type { Page } from "playwright-core"
import { startApp } from "../start-app.ts"
import { member } from "../desks/test-desk.ts"
import { composerOf } from "../browsers/ticket-screen.ts"

const subjects = [
  "Factura",
  "Demora",
  "Escalar",
  "Nota",
  "Luego",
  "Pasar",
  "Deshacer",
  "Dos asuntos",
  "Urgente",
  "Último",
]

/** A desk with a colleague, a saved reply and a macro, and a customer who has written from `phone`. */
export async function openWorkingDay(phone: string) {
  const hilo = await startApp()
  const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })
  await member(hilo, { email: "bruno@example.com", name: "Bruno", role: "agent" })
  const shared = { visibility: "all" }
  const content = "Lamento la demora, {{contact.firstName}}."
  await key.call("POST", "/saved-replies", { ...shared, name: "Demora", content })
  const actions = [{ type: "priority", value: "high" }]
  await key.call("POST", "/macros", { ...shared, name: "Escalar", reply: { content: "Lo reviso hoy." }, actions })
  await key.call("PUT", "/settings/desk.country", { value: "CO" })
  const { body } = await key.call("POST", "/connections", { kind: "api", name: "Tienda" })
  const said = { externalId: "rosa-1", contact: { id: phone, name: "Rosa Díaz" }, text: "¿Cuándo llega?" }
  const taken = await key.call("POST", `/connections/${String(body["id"])}/messages`, said)
  const rosa = (taken.body["ticket"] as { number: string }).number
  const numbers = await tenTickets()

  /** Ten tickets, the first on top of the list; the one to be split has two notes. */
  async function tenTickets() {
    const made: string[] = []
    for (const subject of subjects.toReversed()) {
      const { body } = await key.call("POST", "/tickets", {
        subject,
        contact: { name: "Carla Gómez", email: "c@example.com" },
      })
      made.unshift(String(body["number"]))
    }
    for (const note of ["el router", "la factura"])
      await key.call("POST", `/tickets/${made[7]}/messages`, { content: note, isInternal: true })
    return made as [string, string, string, string, string, string, string, string, string, string]
  }

  async function stateOf(number: string) {
    const { status, priority, snoozedUntil, assignee } = (await key.call("GET", `/tickets/${number}`)).body
    const name = (assignee as { name: string } | null)?.name
    return [
      status,
      priority,
      ...(snoozedUntil === null ? [] : ["snoozed"]),
      ...(name === undefined ? [] : [name]),
    ].join(" ")
  }

  const saidOn = async (number: string) =>
    (
      (await key.call("GET", `/tickets/${number}/messages?includeInternal=true`)).body["items"] as { content: string }[]
    ).map((one) => one.content)

  const assertIsDone = async () => {
    const states = await Promise.all(numbers.map(async (number, at) => `${subjects[at]}: ${await stateOf(number)}`))
    assert.deepEqual(states, endOfDay)
    assert.deepEqual(await saidOn(numbers[1]), ["Lamento la demora, Carla."])
    assert.deepEqual(await saidOn(numbers[7]), ["el router"])
  }

  return { hilo, key, rosa, numbers, assertIsDone }
}

const endOfDay = [
  "Factura: resolved medium Ana",
  "Demora: resolved medium Ana",
  "Escalar: resolved high Ana",
  "Nota: resolved medium",
  "Luego: open medium snoozed",
  "Pasar: open medium Bruno",
  "Deshacer: resolved medium Ana",
  "Dos asuntos: open medium",
  "Urgente: resolved urgent Ana",
  "Último: resolved medium Ana",
]

/** What each act takes, of keys or taps, the text not counted: no more than the best known desks. */
export const mostPresses = {
  "reply, close, next": 2,
  "saved reply": 2,
  "macro with its reply": 3,
  "snooze and go on": 2,
  undo: 1,
  "customer by phone": 1,
}

/** For who is signed in: the next ticket follows one that is done with. */
export async function preferNext(page: Page, url: string) {
  const headers = { origin: url }
  const answer = await page.request.patch(`${url}/api/v1/me`, { headers, data: { afterClosing: "next" } })
  assert.equal(answer.ok(), true)
}

export async function isOn(page: Page, number: string) {
  await page.waitForURL(new RegExp(`/tickets/${number}`))
  await composerOf(page).waitFor()
}

/** Counts what is pressed; `count` gives how often since it was asked last. */
export function createCounter() {
  let pressed = 0
  return {
    add: (times = 1) => void (pressed += times),
    count: () => {
      const before = pressed
      pressed = 0
      return before
    },
  }
}
