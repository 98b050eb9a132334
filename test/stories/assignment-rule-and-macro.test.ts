// An admin makes a rule and a macro on screen; the rule gives out a ticket, and its agent uses the macro and takes it back.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { createUser } from "#people/index.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"
import { axe, browser } from "../browsers/chromium-and-axe.ts"
import { testDatabase } from "../database.ts"
import { ask, keyFor, startHilo, waitUntil } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 2 })
after(() => db.close())
const { url } = await startHilo({ databaseUrl })
const key = await keyFor({ databaseUrl }, "admin")
const password = "correct horse battery"
const passwordHash = cheapPasswordHash(password)
const root = { email: "root@example.com", name: "Rosa", role: "admin" as const, language: "es" as const }
await inTransaction(db, { actor: system, now: new Date() }, (act) => createUser(act, { ...root, passwordHash }))
const everybody = await ask<{ items: { id: string }[] }>(url, key, "GET", "/users")
const memberIds = everybody.body.items.map(({ id }) => id)
await ask(url, key, "POST", "/teams", { name: "Soporte", isDefault: true, memberIds })

test("a rule and a macro made on screen do their work", async () => {
  const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, locale: "es-419" })
  const page = await context.newPage()
  const seen = async (name: string) => {
    assert.deepEqual(await axe(page), [], name)
  }
  await page.goto(`${url}/sign-in`)
  await page.getByLabel("Correo").fill(root.email)
  await page.getByLabel("Contraseña").fill(password)
  await page.keyboard.press("Enter")
  await page.waitForURL("**/inbox**")

  await page.getByRole("button", { name: /Rosa/ }).click()
  await page.getByRole("menuitem", { name: "En línea" }).click()
  await page.goto(`${url}/settings/rules`)
  await page.getByRole("button", { name: "Nueva regla" }).click()
  await page.getByLabel("Nombre").fill("Urgentes para Rosa")
  await page.getByRole("button", { name: "Agregar" }).click()
  await page.getByLabel("Valor").selectOption("urgent")
  await page.getByLabel("Entonces").selectOption("assign_agent")
  await page.getByLabel("Agente").selectOption({ label: root.name })
  await page.getByText("0 de los 0 tickets más recientes coinciden").waitFor()
  await seen("rule-form")
  await page.getByRole("button", { name: "Crear" }).click()
  await page.getByText("Urgentes para Rosa", { exact: true }).waitFor()
  await seen("rules")

  await page.goto(`${url}/settings/macros`)
  await page.getByRole("button", { name: "Nueva macro" }).click()
  await page.getByLabel("Nombre").fill("Baja la prioridad")
  await page.getByLabel("Respuesta", { exact: true }).fill("Hola, {{contact.firstName}}: vemos {{ticket.number}}.")
  await page.getByRole("button", { name: "Agregar" }).click()
  await page.getByLabel("Acción").selectOption("priority")
  await page.getByLabel("Valor").selectOption("low")
  await seen("macro-form")
  await page.getByRole("button", { name: "Crear" }).click()
  await page.getByText("Baja la prioridad", { exact: true }).waitFor()

  const contact = { name: "Carla Gómez", email: "carla@example.com" }
  const made = await ask(url, key, "POST", "/tickets", { subject: "No llegó", priority: "urgent", contact })
  assert.equal(made.status, 201)
  const number = String(made.body["number"])
  const stored = async () =>
    (await ask<{ priority: string; assignee: { name: string } | null }>(url, key, "GET", `/tickets/${number}`)).body
  await waitUntil("the rule gave the ticket", async () => (await stored()).assignee !== null)
  assert.equal((await stored()).assignee?.name, root.name)

  await page.goto(`${url}/tickets/${number}`)
  const composer = page.locator("#composer")
  await composer.click()
  await page.keyboard.press("/")
  await page.getByRole("option", { name: /Baja la prioridad/ }).waitFor()
  await seen("insert")
  await page.keyboard.press("Enter")
  await page.getByText("Urgente →").waitFor()
  await seen("preview")
  await page.getByRole("button", { name: "Aplicar" }).click()
  await waitUntil("the macro did its work", async () => (await stored()).priority === "low")
  const reply = `Hola, Carla: vemos ${number}.`
  await waitUntil("the reply is in the box", async () => (await composer.inputValue()) === reply)
  await page.keyboard.type(" Gracias")
  assert.equal(await composer.inputValue(), `${reply} Gracias`, "one writes on where the macro ended")
  await page.getByRole("button", { name: "Deshacer" }).click()
  await waitUntil("it is taken back", async () => (await stored()).priority === "urgent")

  await composer.fill("Hola, {{contact.name}}")
  await page.getByText("Completa antes de enviar").waitFor()
  assert.ok(await page.getByRole("button", { name: "Enviar", exact: true }).isDisabled())
  await seen("unresolved")

  // A saved reply is found by what it says, goes in filled in, and what it cannot know is chosen to be written over.
  const content = "Lamento la demora, {{contact.firstName}}.\nTe escribo desde {{team.name}}."
  await ask(url, key, "POST", "/saved-replies", { name: "Disculpa", content, visibility: "all" })
  await page.reload()
  await composer.fill("")
  await composer.pressSequentially("Hola /lamento")
  await page.getByRole("option", { name: "Disculpa Lamento la demora, {{contact.firstName}}." }).waitFor()
  const fetching = Promise.withResolvers<void>()
  await page.route("**/saved-replies/*/preview", (route) => fetching.promise.then(() => route.continue()), { times: 1 })
  await page.keyboard.press("Enter")
  assert.ok(await page.getByRole("button", { name: "Enviar", exact: true }).isDisabled(), "nothing leaves without it")
  fetching.resolve()
  const filled = "Hola Lamento la demora, Carla.\nTe escribo desde Soporte."
  await waitUntil("the saved reply is in the box", async () => (await composer.inputValue()) === filled)
  await ask(url, key, "PUT", `/tickets/${number}/assignment`, { teamId: null })
  await page.getByRole("button", { name: /Sin equipo/ }).waitFor()
  await composer.fill("")
  await page.getByRole("button", { name: "Respuestas guardadas y macros" }).click()
  await page.getByRole("option", { name: /Disculpa/ }).click()
  await waitUntil("it is in the box", async () => (await composer.inputValue()).includes("Carla"))
  await page.keyboard.type("casa")
  assert.equal(await composer.inputValue(), "Lamento la demora, Carla.\nTe escribo desde casa.")

  // The same on many at once, from the list: what it does, and nothing is sent.
  const numbers = [
    number,
    String((await ask(url, key, "POST", "/tickets", { subject: "Tarde", priority: "urgent" })).body["number"]),
  ]
  const priorities = async () =>
    Promise.all(numbers.map(async (one) => (await ask(url, key, "GET", `/tickets/${one}`)).body["priority"]))
  await page.goto(`${url}/inbox?view=all`)
  await page.getByRole("link", { name: /Tarde/ }).waitFor()
  await page.keyboard.press("x")
  await page.getByRole("button", { name: "Seleccionar todos", exact: true }).click()
  await page.keyboard.press("m")
  await page.getByRole("menuitem", { name: "Baja la prioridad" }).click()
  await page.getByText("2 tickets cambiados").waitFor()
  assert.deepEqual(await priorities(), ["low", "low"])
  await page.getByRole("button", { name: "Deshacer" }).last().click()
  await waitUntil("both are as they were", async () => (await priorities()).every((one) => one === "urgent"))
  await context.close()
})
