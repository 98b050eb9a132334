// The conversation by mail: asked for here, and confirmed where the mailed link leads to.
import type { PrefixedStorage } from "../../lib/prefixed-storage.ts"
import type { ApiResult, ChatApi } from "../chat-api.ts"
import { looksLikeEmail } from "../looks-like-email.ts"
import { type ChatText, element, t } from "../page-setup.ts"

type Question = { title: ChatText; text: ChatText; go: ChatText; email: string | null }

/** Where it is mailed is asked for; nothing else is. */
export function askForTranscript(memory: PrefixedStorage, api: ChatApi) {
  const email = memory.read("email") ?? ""
  open({ title: "chat.transcript", text: "chat.transcriptIntro", go: "chat.transcriptGo", email }, async (to) => {
    const answer = await api.transcript(to)
    return answer.ok ? t("chat.transcriptAsked").replace("{email}", to) : problemText(answer)
  })
}

/** The link was in a mail that programs open too: pressing the button is what counts. */
export function confirmTranscript(api: ChatApi, token: string) {
  const question = {
    title: "chat.transcript",
    text: "chat.transcriptConfirm",
    go: "chat.transcriptSend",
    email: null,
  } as const
  open(question, async () => {
    const answer = await api.confirmTranscript(token)
    return answer.ok ? t("chat.transcriptSent") : problemText(answer)
  })
}

function problemText({ status }: Extract<ApiResult<unknown>, { ok: false }>): string {
  if (status === 403) return t("chat.transcriptOver")
  return t(status === 429 ? "chat.transcriptMany" : "chat.transcriptLost")
}

function open({ title, text, go, email }: Question, act: (email: string) => Promise<string>) {
  const dialog = element<HTMLDialogElement>("transcript")
  const form = document.createElement("form")
  const input = document.createElement("input")
  const said = node("p", "")
  const send = button(t(go), "main")
  const close = button(t("chat.ticketClose"), "worded")
  form.noValidate = true
  send.type = "submit"
  said.setAttribute("role", "status")
  const heading = node("h2", t(title))
  heading.id = "transcript-title"
  const row = node("div", "")
  row.className = "deeds"
  row.append(close, send)
  form.append(heading, node("p", t(text)), ...(email === null ? [] : emailField(input, email)), said, row)
  dialog.replaceChildren(form)
  close.addEventListener("click", () => dialog.close())
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (send.ariaDisabled !== "true") void submit()
  })
  dialog.showModal()
  ;(email === null ? send : input).focus()

  async function submit() {
    const to = input.value.trim()
    if (email !== null && !looksLikeEmail(to)) {
      input.setAttribute("aria-invalid", "true")
      said.textContent = t("chat.emailWrong")
      return input.focus()
    }
    input.removeAttribute("aria-invalid")
    send.ariaDisabled = "true"
    said.textContent = await act(to)
    send.ariaDisabled = null
  }
}

function emailField(input: HTMLInputElement, email: string): HTMLElement[] {
  const label = document.createElement("label")
  label.htmlFor = input.id = "transcript-email"
  label.textContent = t("chat.email")
  Object.assign(input, { type: "email", autocomplete: "email", maxLength: 254, value: email })
  return [label, input]
}

function node(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  return made
}

function button(text: string, look: string): HTMLButtonElement {
  const made = document.createElement("button")
  made.type = "button"
  made.className = look
  made.textContent = text
  return made
}
