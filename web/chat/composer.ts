// Where the visitor writes: Enter sends, Shift+Enter breaks the line, what is half written survives a reload.
import type { ChatFile, ChatMessageIn } from "../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import type { ChatApi } from "./chat-api.ts"
import { startFilePicker } from "./file-picker.ts"
import { newClientId } from "./outbox.ts"
import { element, t } from "./page-setup.ts"
import { startVisitorDetails } from "./visitor-details.ts"

const longest = 10_000

type Deeds = {
  send: (message: ChatMessageIn, files: ChatFile[]) => void
  upload: ChatApi["upload"]
  /** They have said who they are, and may have sent their messages before. */
  introduced: () => void
}

export function startComposer(memory: PrefixedStorage, { send, upload, introduced }: Deeds) {
  const form = element<HTMLFormElement>("composer")
  const text = element<HTMLTextAreaElement>("text")
  text.value = memory.read("draft") ?? ""
  const { whoWrites, fillIn } = startVisitorDetails(memory, introduced)
  const chosen = startFilePicker(upload, fit)
  text.addEventListener("input", () => {
    memory.write("draft", text.value)
    fit()
  })
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return
    event.preventDefault()
    form.requestSubmit()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
  fit()
  return { whoWrites, fillIn }

  function submit() {
    const words = text.value.trim()
    const isNothing = words === "" && chosen.isEmpty()
    if (isNothing || !chosen.isReady() || text.value.length > longest) return text.focus()
    const files = chosen.take()
    const fileIds = files.map(({ id }) => id)
    send({ clientId: newClientId(), text: words, ...(fileIds.length > 0 && { fileIds }), ...whoWrites() }, files)
    text.value = ""
    memory.erase("draft")
    fit()
    text.focus()
  }

  function fit() {
    text.style.height = "auto"
    text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`
    const over = text.value.length - longest
    element("too-long").textContent = over > 0 ? t("chat.tooLong").replace("{over}", String(over)) : ""
    const isNothing = text.value.trim() === "" && chosen.isEmpty()
    element<HTMLButtonElement>("send").disabled = over > 0 || isNothing || !chosen.isReady()
  }
}
