// The card of a contact: how each address is proved, what is edited where it stands; and the list and the page of contacts.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Contact } from "#contacts/api-contract.ts"
import { startApp } from "../start-app.ts"
import { axe } from "../browsers/chromium-and-axe.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"

const app = await startApp()
const root = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
const source = await openMessageSource(app)

for (const [language, width, texts] of [
  ["es", 1440, es],
  ["en", 390, en],
] as const)
  test(`a lead sees how addresses are proved and confirms one (${language}, ${width})`, async () => {
    const phone = `+57300666${width < 1000 ? "0390" : "1440"}`
    const { ticket } = await source.says(phone, { name: "Carla" })
    const identities = [phone, `carla${width}@example.com`].map((value) => ({
      kind: value.includes("@") ? "email" : "phone",
      value,
    }))
    await root.call("PATCH", `/contacts/${ticket!.contact!.id}`, { identities })
    const { context, open } = await inviteAndSignIn(app, { name: "Sol", language, width })
    const page = await open(`/tickets/${ticket!.number}?view=all`)
    await page.locator("#composer").waitFor()
    if (width < 1000) await page.getByRole("button", { name: texts["details.label"] }).first().press("Enter")
    await page.getByText(texts["proof.by_message"]).waitFor()
    const typed = page.getByText(`${texts["proof.by_named"].replace("{name}", "Root")} · ${texts["proof.unconfirmed"]}`)
    await typed.waitFor()
    const button = page.getByRole("button", { name: texts["proof.confirm"] })
    await button.press("Enter")
    await typed.waitFor({ state: "detached" })
    await button.waitFor({ state: "detached" })
    await page.waitForFunction(() => document.activeElement !== document.body)
    const { body } = await root.call("GET", `/contacts/${ticket!.contact!.id}`)
    assert.deepEqual(
      (body["identities"] as { isConfirmed: boolean }[]).map(({ isConfirmed }) => isConfirmed),
      [true, true],
    )
    await context.close()
  })

test("a contact is edited where it stands, and merged with another one after a look at what that does", async () => {
  const { ticket } = await source.says("+573006662001", { name: "Carla" })
  const { id } = ticket!.contact!
  const identities = [{ kind: "email", value: "carla.dos@example.com" }]
  const asleep = await source.says("+573006662009", { name: "Pedro" })
  await root.call("PUT", `/tickets/${asleep.ticket!.id}/snooze`, { until: "2099-01-01T00:00:00Z" })
  const other = await root.call("POST", "/contacts", { name: "Carla Ruiz", tier: "Oro", identities })
  const read = async () => (await root.call("GET", `/contacts/${id}`)).body as unknown as Contact
  const { context, open } = await inviteAndSignIn(app, { name: "Sol", language: "es", width: 1440 })
  const page = await open(`/tickets/${ticket!.number}?view=all`)
  await page.getByRole("button", { name: es["contact.edit"] }).press("Enter")
  const form = page.getByRole("form", { name: es["contact.edit"] })
  await form.getByLabel(es["field.name"], { exact: true }).fill("Carla Núñez")
  await form.getByLabel(es["contact.note"]).fill("Llamar de tarde")
  await form.getByLabel(es["details.language"]).selectOption("pt")
  await form.getByLabel(es["contact.newField"]).fill("Plan")
  await form.getByLabel(es["contact.newFieldValue"]).fill("Fibra")
  assert.deepEqual(await axe(page, { within: ["form"] }), [])
  await form.getByRole("button", { name: es["action.save"] }).press("Enter")
  await form.waitFor({ state: "detached" })
  for (const text of ["Carla Núñez", "Llamar de tarde", "portugués", "Fibra"])
    await page.getByText(text, { exact: true }).first().waitFor()
  const { name, language, note, customFields } = await read()
  assert.deepEqual([name, language, note, customFields], ["Carla Núñez", "pt", "Llamar de tarde", { Plan: "Fibra" }])

  await page.getByRole("button", { name: es["contact.more"] }).press("Enter")
  await page.getByRole("menuitem", { name: es["contact.merge"] }).press("Enter")
  const dialog = page.getByRole("dialog", { name: es["contact.mergeTitle"].replace("{name}", "Carla Núñez") })
  const preview = dialog.getByRole("list", { name: es["contact.mergePreview"] })
  await dialog.getByLabel(es["contact.search"]).fill("pedro")
  await dialog.getByRole("button", { name: /Pedro/ }).press("Enter")
  await preview.getByText("Una conversación abierta de los dos pasa a ser una sola.").waitFor()
  await dialog.getByRole("button", { name: es["contact.mergeOther"] }).press("Enter")
  await dialog.getByLabel(es["contact.search"]).fill("ruiz")
  await dialog.getByRole("button", { name: /Carla Ruiz/ }).press("Enter")
  for (const text of ["Queda Carla Núñez.", "Recibe carla.dos@example.com.", "Nivel: se toma del otro"])
    await preview.getByText(text).waitFor()
  assert.deepEqual(await axe(page, { within: ["[role=dialog]"] }), [])
  await dialog.getByRole("button", { name: es["contact.mergeGo"], exact: true }).press("Enter")
  await dialog.waitFor({ state: "detached" })
  await page.getByText("carla.dos@example.com").first().waitFor()
  assert.deepEqual(
    (await read()).merged.map((one) => one.id),
    [String(other.body["id"])],
  )
  await page.getByRole("button", { name: es["contact.undoMerge"].replace("{name}", "Carla Ruiz") }).press("Enter")
  await page.getByText("carla.dos@example.com").first().waitFor({ state: "detached" })
  const { tier, merged } = await read()
  assert.deepEqual([tier, merged], [null, []])
  await context.close()
})

test("contacts are found in their list, and their page shows their tickets, open ones first; blocking says what it means", async () => {
  const { ticket } = await source.says("+573006662002", { name: "Rosa Méndez" })
  await root.call("PUT", `/tickets/${ticket!.number}/status`, { status: "closed" })
  const contact = { phone: "+573006662002" }
  const { number } = (await root.call("POST", "/tickets", { subject: "Factura", contact })).body as { number: string }
  const { context, open } = await inviteAndSignIn(app, { name: "Sol", language: "en", width: 390 })
  const page = await open("/contacts")
  await page.getByLabel(en["contact.find"]).fill("mendez")
  await page.getByRole("link", { name: /Rosa Méndez/ }).click()
  await page.getByRole("heading", { name: "Rosa Méndez" }).waitFor()
  const links = page.getByRole("link", { name: /TKT-/ })
  await links.nth(1).waitFor()
  assert.deepEqual(
    (await links.allTextContents()).map((text) => text.slice(0, 9)),
    [number, ticket!.number],
  )
  await page.getByRole("button", { name: en["contact.more"] }).press("Enter")
  await page.getByRole("menuitem", { name: en["contact.block"] }).press("Enter")
  const dialog = page.getByRole("dialog", { name: en["contact.blockTitle"].replace("{name}", "Rosa Méndez") })
  await dialog.getByText(en["contact.blockText"]).waitFor()
  await dialog.getByRole("button", { name: en["contact.block"], exact: true }).press("Enter")
  await page.getByText(en["details.blocked"], { exact: true }).waitFor()
  assert.equal((await root.call("GET", `/contacts/${ticket!.contact!.id}`)).body["blocked"], true)
  await context.close()
})
