// When nobody answers, visitors are asked for an e-mail, once; where one is known, they read that they will be written to there.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { element, t } from "./page-setup.ts"
import { unansweredSince } from "./unanswered-since.ts"

/** How long somebody waits before they are asked. */
const patienceMs = 45_000

/** `knownEmail`: what the desk has been given. The function that is returned shows what is to be shown now. */
export function startEmailRequest(memory: PrefixedStorage, knownEmail: () => string | null) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return function update(conversation: Conversation | null) {
    clearTimeout(timer)
    const since = unansweredSince(conversation)
    const email = knownEmail()
    if (since === null || conversation?.connection.mailsReplies !== true) return say("")
    if (email !== null) return say(t("chat.willWrite").replace("{email}", email))
    const left = since + patienceMs - Date.now()
    say(left > 0 ? "" : t("chat.askEmail"))
    if (left > 0) timer = setTimeout(() => update(conversation), left)
    else openFields(memory)
  }
}

/** Who closes them again is left alone. */
function openFields(memory: PrefixedStorage) {
  if (memory.read("asked")) return
  memory.write("asked", "1")
  element<HTMLDetailsElement>("who").open = true
}

function say(words: string) {
  const line = element("asking")
  line.hidden = words === ""
  if (line.textContent !== words) line.textContent = words
}
