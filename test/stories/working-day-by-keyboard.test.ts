// A working day of ten tickets by keyboard alone, as a screen reader has it, and how many keys each act takes.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Page } from "playwright-core"
import { axe } from "../browsers/chromium-and-axe.ts"
import { focused } from "../browsers/focus-before-and-after-dialog.ts"
import { openScreenReader } from "../browsers/screen-reader.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { composerOf } from "../browsers/ticket-screen.ts"
import { waitUntil } from "../server-process.ts"
import { createCounter, isOn, mostPresses, openWorkingDay, preferNext } from "./working-day.ts"
import { es } from "#texts/es.ts"

const { hilo, rosa, numbers, assertIsDone } = await openWorkingDay("+573005550101")

/** Keys that are pressed, without the text that is written. */
function keyboardOf(page: Page) {
  const { add, count } = createCounter()
  const press = async (...keys: string[]) => {
    for (const one of keys) await page.keyboard.press(one)
    add(keys.length)
  }
  return { press, count, write: (text: string) => page.keyboard.type(text) }
}

test("a working day by keyboard alone, as a screen reader has it, and the keys that each act takes", async () => {
  const [reply, saved, macro, note, later, pass, undo, split, urgent, last] = numbers
  const { context } = await inviteAndSignIn(hilo, { language: "es" })
  const page = await context.newPage()
  const reader = await openScreenReader(page)
  await preferNext(page, hilo.url)
  await page.goto(`${hilo.url}/inbox?view=open`)
  await page.locator(`[data-number="${last}"]`).waitFor()
  const keys = keyboardOf(page)
  const taken: Record<string, number> = {}
  const transcript: string[] = []
  const announced: string[] = []
  const found: string[] = []
  const option = (name: RegExp) => page.getByRole("option", { name })
  /** Rests for a moment: where the focus is, what was announced, and what is wrong. */
  const rest = async (within?: string[]) => {
    assert.notEqual(await focused(page), "body", transcript.at(-1) ?? "")
    announced.push(...(await reader.heard()))
    transcript.push(await reader.focus())
    found.push(...(await reader.faults()), ...(await axe(page, { within, isStrict: true })))
  }
  const tabTo = async (name: string) => {
    for (let n = 0; n < 30 && !(await reader.focus()).includes(`"${name}"`); n++) await page.keyboard.press("Tab")
  }

  await keys.press("j")
  await isOn(page, reply)
  await rest()
  keys.count()
  await keys.press("r")
  await keys.write("Sale hoy")
  await keys.press("Control+Shift+Enter")
  taken["reply, close, next"] = keys.count()
  await isOn(page, saved)
  await rest()

  await keys.press("r")
  keys.count()
  await keys.press("/")
  await keys.write("demora")
  await option(/Demora/).waitFor()
  await rest()
  await keys.press("Enter")
  taken["saved reply"] = keys.count()
  await waitUntil("it is in the box", async () => (await composerOf(page).inputValue()) === "Lamento la demora, Carla.")
  await keys.press("Control+Shift+Enter")
  await isOn(page, macro)

  keys.count()
  await keys.press("m")
  await page.getByRole("combobox", { name: es["macros.find"] }).waitFor()
  await keys.write("escalar")
  await option(/Escalar/).waitFor()
  await rest(["[role=dialog]"])
  await keys.press("Enter")
  await page.locator("button:focus:not([aria-disabled=true])", { hasText: es["macros.apply"] }).waitFor()
  await rest(["[role=dialog]"])
  await keys.press("Enter")
  taken["macro with its reply"] = keys.count()
  await waitUntil("it is in the box", async () => (await composerOf(page).inputValue()) === "Lo reviso hoy.")
  await keys.press("Control+Shift+Enter")
  await isOn(page, note)

  await keys.press("n")
  await keys.write("Llamar por la tarde")
  await rest()
  await keys.press("Control+Enter")
  await page.getByRole("log").getByText("Llamar por la tarde").waitFor()
  await rest()
  await keys.press("Escape", "e")
  await isOn(page, later)
  await rest()

  keys.count()
  await keys.press("z")
  await page.locator("[role=menuitem]:focus").waitFor()
  await rest(["[role=menu]"])
  await keys.press("Enter")
  taken["snooze and go on"] = keys.count()
  await isOn(page, pass)
  await keys.press("a")
  await page.locator("[role=menuitem]:focus").waitFor()
  await keys.press("b")
  await page.locator("[role=menuitem]:focus", { hasText: "Bruno" }).waitFor()
  await keys.press("Enter")
  await isOn(page, undo)
  await rest()
  await keys.press("e")
  await isOn(page, split)
  await page.getByText(es["ticket.resolved"].replace("{number}", undo)).waitFor()
  keys.count()
  await keys.press("Control+z")
  taken["undo"] = keys.count()
  await isOn(page, undo)
  await rest()
  await keys.press("Shift+E")
  await isOn(page, split)

  keys.count()
  await page.getByRole("log").getByText("la factura").waitFor()
  await keys.press("v")
  taken["split"] = keys.count()
  await keys.press("Space")
  await rest()
  await tabTo(es["split.subject"])
  await keys.write("La factura aparte")
  await keys.press("Enter")
  await page.waitForURL((url) => !url.pathname.endsWith(split))
  await composerOf(page).waitFor()
  await rest()

  await keys.press("Control+k")
  await keys.write(urgent)
  await option(new RegExp(urgent)).first().waitFor()
  await rest(["[role=dialog]"])
  await keys.press("Enter")
  await isOn(page, urgent)
  await keys.press("p")
  await page.locator("[role=menuitem]:focus").waitFor()
  await keys.press("Enter")
  await page.getByRole("menu").waitFor({ state: "detached" })
  await rest()
  await keys.press("i", "e")
  await page.waitForURL((url) => !url.pathname.endsWith(urgent))
  await rest()
  await keys.press("Control+k")
  await keys.write(last)
  await option(new RegExp(last)).first().waitFor()
  await keys.press("Enter")
  await isOn(page, last)
  await keys.press("r")
  await keys.write("Listo")
  await keys.press("Control+Shift+Enter")
  await page.waitForURL((url) => !url.pathname.endsWith(last))

  await keys.press("g", "i")
  await page.waitForURL(/\/inbox/)
  keys.count()
  await keys.press("/")
  await keys.write("300 555 0101")
  await page.locator(`[data-number="${rosa}"]`).waitFor()
  await page.locator(`[data-number]:not([data-number="${rosa}"])`).first().waitFor({ state: "detached" })
  taken["customer by phone"] = keys.count()
  await rest()
  await keys.press("Enter", "j")
  await isOn(page, rosa)
  await rest()

  await keys.press("Control+k")
  await keys.write("iniciar una conv")
  await option(new RegExp(es["conversation.start"])).first().waitFor()
  await keys.press("Enter")
  const dialog = page.getByRole("dialog", { name: es["conversation.start"] })
  await dialog.getByRole("textbox", { name: es["details.contact"] }).waitFor()
  await keys.write("300 555 0303")
  await keys.press("Tab")
  await dialog.getByLabel(es["conversation.text"]).waitFor()
  await tabTo(es["conversation.text"])
  await keys.write("Le escribo por su llamada")
  await rest(["[role=dialog]"])
  await tabTo(es["conversation.send"])
  await keys.press("Enter")
  await dialog.waitFor({ state: "detached" })
  await page.getByRole("log").getByText("Le escribo por su llamada").waitFor()
  await rest()

  await assertIsDone()
  assert.deepEqual(taken, { ...mostPresses, split: 1 })
  assert.deepEqual([...new Set(found)], [])
  const inWords = (text: string) => text.replace(/\p{L}{3}, \d\d:\d\d|\d+ \p{L}+ \d{4}, \d\d:\d\d/u, "…")
  assert.deepEqual(transcript.map(inWords), focusOfTheDay)
  const acts = announced.map(inWords).filter((text) => /TKT-|Escalar|mensaje pasa/.test(text))
  assert.deepEqual([...new Set(acts)].toSorted(), announcementsOfTheDay.toSorted())
  await context.close()
})

/** What has the focus at each rest. */
const focusOfTheDay = [
  'region "Ticket TKT-00011"',
  'region "Ticket TKT-00010"',
  'textbox "Respuesta"',
  'combobox "Buscar por nombre o texto"',
  'button "Aplicar"',
  'textbox "Nota"',
  'textbox "Nota"',
  'region "Ticket TKT-00007"',
  'menuitem "Una hora …"',
  'region "Ticket TKT-00005"',
  'region "Ticket TKT-00005"',
  'checkbox "Seleccionar el mensaje de Key"',
  'region "Ticket TKT-00012"',
  'combobox "Escribe una persona, un comando o un número de ticket"',
  'button "Prioridad: Urgente"',
  'region "Ticket TKT-00002"',
  'searchbox "Buscar tickets"',
  'region "Ticket TKT-00001"',
  'textbox "Mensaje"',
  'region "Ticket TKT-00013"',
]

/** What each act says by itself. */
const announcementsOfTheDay = [
  "TKT-00011 resuelto Deshacer",
  "TKT-00010 resuelto Deshacer",
  "Escalar: aplicada Deshacer",
  "TKT-00009 resuelto Deshacer",
  "TKT-00008 resuelto Deshacer",
  "TKT-00007 pospuesto hasta … Deshacer",
  "TKT-00006 asignado a Bruno Deshacer",
  "TKT-00005 resuelto Deshacer",
  "TKT-00005 reabierto",
  "1 mensaje pasa a otro ticket",
  "TKT-00012 creado con los mensajes",
  "TKT-00003 asignado a Ana Deshacer",
  "TKT-00003 resuelto Deshacer",
  "TKT-00002 resuelto Deshacer",
]
