// Steps of the story of a mailbox.
import assert from "node:assert/strict"
import type { Page } from "playwright-core"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { en } from "#texts/en.ts"
import type { es } from "#texts/es.ts"
import { imapUser } from "../fakes/imap-server.ts"
import type { startSubmissionServer } from "../fakes/submission-server.ts"
import { waitUntil } from "../server-process.ts"

type Beginning = {
  /** The mailbox's address. */
  from: string
  /** Of Carla's ticket there. */
  number: string
  smtp: Awaited<ReturnType<typeof startSubmissionServer>>
  setUndoSeconds: (seconds: number) => Promise<unknown>
  looksWell: (where: string) => Promise<void>
}

/** Another matter is begun, taken back, and sent after all: to carla@example.org, who has a ticket there already, and in copy to bea@example.org. */
export async function beginByMail(page: Page, texts: typeof en | typeof es, beginning: Beginning): Promise<void> {
  const { from, number, smtp, setUndoSeconds, looksWell } = beginning
  await setUndoSeconds(10)
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: texts["palette.placeholder"] }).fill(texts["conversation.start"])
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: texts["conversation.start"] })
  await dialog.getByLabel(texts["field.email"], { exact: true }).fill("carla@example.org")
  await dialog.getByRole("list", { name: texts["newTicket.known"] }).getByRole("button").press("Enter")
  await dialog.getByLabel(texts["conversation.connection"]).selectOption({ label: from })
  await dialog.getByText(texts["conversation.beside"]).waitFor()
  await dialog.getByRole("button", { name: number }).waitFor()
  await dialog.getByLabel(texts["mail.cc"], { exact: true }).last().fill("bea@example.org")
  await page.keyboard.press("Enter")
  await dialog.getByLabel(texts["newTicket.subject"], { exact: true }).fill("Su factura")
  await dialog.getByLabel(texts["conversation.text"], { exact: true }).fill("Buenos días")
  await looksWell("mail-begun")
  await dialog.getByRole("button", { name: texts["conversation.send"] }).press("Enter")
  await page.getByRole("log").getByText("Buenos días").waitFor()
  await page.getByRole("heading", { level: 2, name: /Su factura/ }).waitFor()
  const isBesideList = page.viewportSize()!.width > 400
  if (isBesideList) await page.locator("[data-number]", { hasText: "Su factura · Buenos días" }).waitFor()
  await page.getByRole("button", { name: texts["action.undo"] }).press("Enter")
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#composer")?.value === "Buenos días")
  await page.getByRole("list", { name: texts["mail.cc"], exact: true }).getByText("bea@example.org").waitFor()
  await setUndoSeconds(0)
  const left = smtp.mails.length
  await page.locator("#composer").press("Control+Enter")
  await waitUntil("it has left", async () => smtp.mails.length > left)
  const mail = smtp.mails.at(-1)!
  assert.deepEqual(mail.to, ["carla@example.org", "bea@example.org"])
  assert.equal(smtp.header(mail, "Subject"), "Su factura")
}

type Mailbox = { address: string; imapPort: number; smtpPort: number }

/** With a password that is wrong. */
export async function fillInMailbox(
  page: Page,
  texts: typeof en | typeof es,
  { address, imapPort, smtpPort }: Mailbox,
) {
  const field = (id: TextId) => page.getByLabel(texts[id], { exact: true })
  await field("mailbox.providerName").selectOption("other")
  for (const [way, port] of [
    ["mailbox.receiving", imapPort],
    ["mailbox.sending", smtpPort],
  ] as const) {
    const server = page.getByRole("group", { name: texts[way] })
    await server.getByLabel(texts["mailbox.host"], { exact: true }).fill("127.0.0.1")
    await server.getByLabel(texts["mailbox.port"], { exact: true }).fill(String(port))
    await server.getByLabel(texts["mailbox.security"], { exact: true }).selectOption("none")
  }
  await field("mailbox.address").fill(address)
  await field("mailbox.password").fill("not the password")
  await field("mailbox.user").fill(imapUser)
  await page.getByRole("button", { name: texts["mailbox.saveAndTest"] }).press("Enter")
}
