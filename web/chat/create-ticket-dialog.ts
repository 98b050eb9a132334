// "Create ticket": what was said in the chat becomes a ticket with a number, which the visitor follows. What they write stays until
// it is one; a visitor who sends it twice, for an answer was lost, has one ticket.
import type { ChatFile, ChatTicket, ChatTicketIn } from "../../src/channels/webchat/api-contract.ts"
import { Problem } from "../lib/api-client.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { randomKey } from "../lib/random-key.ts"
import type { ApiResult, ChatApi } from "./chat-api.ts"
import { type ChatText, element, t } from "./page-setup.ts"
import { looksLikeEmail } from "./looks-like-email.ts"

const fields = ["name", "email", "subject", "text"] as const
type Field = (typeof fields)[number]
const field = (name: Field | "file") => element<HTMLInputElement>(`ticket-${name}`)
const longestSubject = 80

export function startTicketDialog(memory: PrefixedStorage, api: ChatApi, said: () => string[]) {
  const dialog = element<HTMLDialogElement>("ticket")
  const go = element<HTMLButtonElement>("ticket-go")
  const create = createSender(memory, api)
  setTexts()
  element("open-ticket").addEventListener("click", open)
  element("ticket-cancel").addEventListener("click", () => dialog.close())
  element("ticket-close").addEventListener("click", () => dialog.close())
  element("ticket-copy").addEventListener("click", () => void copyNumber())
  for (const name of fields)
    field(name).addEventListener("input", () => memory.write(`ticket-${name}`, field(name).value))
  element("ticket-form").addEventListener("submit", (event) => {
    event.preventDefault()
    if (go.ariaDisabled !== "true") void submit()
  })
  return { offer: (isOffered: boolean) => (element("open-ticket").hidden = !isOffered) }

  function open() {
    const start = prefilled(memory, said())
    for (const name of fields) field(name).value = memory.read(`ticket-${name}`) ?? start[name]
    element("ticket-form").hidden = false
    element("ticket-done").hidden = true
    say(null)
    dialog.showModal()
    ;(fields.map(field).find(({ value, required }) => required && value === "") ?? field("subject")).focus()
  }

  async function submit() {
    const wrong = whatIsMissing()
    if (wrong) return refuse(wrong)
    say(null)
    go.ariaDisabled = "true"
    go.textContent = t("chat.ticketSending")
    const answer = await create()
    go.ariaDisabled = null
    go.textContent = t(answer.ok ? "chat.ticket" : "chat.ticketRetry")
    if (answer.ok) done(answer.body)
    else say(problemOf(answer))
  }

  function done({ number, trackUrl }: ChatTicket) {
    for (const name of ["subject", "text", "sent"]) memory.erase(`ticket-${name}`)
    field("file").value = ""
    element("ticket-number").textContent = number
    element("ticket-copied").textContent = ""
    element<HTMLAnchorElement>("ticket-track").href = trackUrl
    element("ticket-form").hidden = true
    element("ticket-done").hidden = false
    element("ticket-number").focus()
  }
}

/** Sends what the fields hold, with the file, which goes up once. */
function createSender(memory: PrefixedStorage, api: ChatApi) {
  let file: { chosen: File; stored: ChatFile } | null = null
  return async function create(): Promise<ApiResult<ChatTicket>> {
    const [chosen] = Array.from(field("file").files ?? [])
    try {
      if (!chosen) file = null
      else if (file?.chosen !== chosen) file = { chosen, stored: await api.upload(chosen, () => {}) }
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0
      return { ok: false, status, code: "file", afterSeconds: null }
    }
    const [name, email, subject, text] = fields.map((one) => field(one).value.trim()) as [
      string,
      string,
      string,
      string,
    ]
    const ticket = { email, subject, text, ...(name && { name }), ...(file && { fileIds: [file.stored.id] }) }
    return api.openTicket(ticket, keyOf(ticket))
  }

  /** As long as nobody knows what came of it, the same words go under the same key. */
  function keyOf(ticket: ChatTicketIn): string {
    const body = JSON.stringify(ticket)
    const [key, kept] = (memory.read("ticket-sent") ?? "").split("\n", 2)
    if (key && kept === body) return key
    const fresh = randomKey()
    memory.write("ticket-sent", `${fresh}\n${body}`)
    return fresh
  }
}

/** The visitor's own words are what it is about; of them the first is the subject. */
function prefilled(memory: PrefixedStorage, said: string[]): Record<Field, string> {
  const own = said.map((text) => text.trim()).filter((text) => text !== "")
  const [first = ""] = (own[0] ?? "").split("\n")
  return {
    name: memory.read("name") ?? "",
    email: memory.read("email") ?? "",
    subject: first.slice(0, longestSubject),
    text: own.join("\n\n").slice(0, field("text").maxLength),
  }
}

function whatIsMissing(): { name: Field; text: ChatText } | null {
  const empty = fields.find((name) => field(name).required && field(name).value.trim() === "")
  if (empty) return { name: empty, text: "chat.ticketMissing" }
  return looksLikeEmail(field("email").value.trim()) ? null : { name: "email", text: "chat.emailWrong" }
}

function refuse({ name, text }: { name: Field; text: ChatText }) {
  say(text)
  field(name).setAttribute("aria-invalid", "true")
  field(name).focus()
}

function say(text: ChatText | null) {
  for (const name of fields) field(name).removeAttribute("aria-invalid")
  element("ticket-wrong").textContent = text === null ? "" : t(text)
}

function problemOf({ status, code }: { status: number; code: string }): ChatText {
  if (status === 0 || status >= 500 || status === 401) return "chat.ticketLost"
  if (status === 429) return "chat.ticketMany"
  if (code === "file") return status === 413 ? "chat.fileTooLarge" : "chat.fileRefused"
  return code === "connection_disabled" ? "chat.disabled" : "chat.ticketRefused"
}

async function copyNumber() {
  const number = element("ticket-number")
  try {
    await navigator.clipboard.writeText(number.textContent)
    element("ticket-copied").textContent = t("chat.ticketCopied")
  } catch {
    // A page that may not write there marks it, for the visitor to copy.
    getSelection()?.selectAllChildren(number)
  }
}

function setTexts() {
  const texts: Record<string, ChatText> = {
    "open-ticket": "chat.ticket",
    "ticket-title": "chat.ticket",
    "ticket-intro": "chat.ticketIntro",
    "ticket-cancel": "chat.ticketCancel",
    "ticket-go": "chat.ticket",
    "ticket-kept": "chat.ticketKept",
    "ticket-copy": "chat.ticketCopy",
    "ticket-track": "chat.ticketTrack",
    "ticket-close": "chat.ticketClose",
  }
  for (const [id, text] of Object.entries(texts)) element(id).textContent = t(text)
  const labels: Record<string, ChatText> = {
    name: "chat.name",
    email: "chat.email",
    subject: "chat.ticketSubject",
    text: "chat.ticketText",
    file: "chat.ticketFile",
  }
  for (const [name, text] of Object.entries(labels))
    element("ticket").querySelector(`label[for="ticket-${name}"]`)!.textContent = t(text)
}
