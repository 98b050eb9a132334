// Offers the conversation by mail, and opens what the mailed link asks; the dialog is fetched when one of them is wanted.
import type { Conversation } from "../../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../../lib/prefixed-storage.ts"
import type { ChatApi } from "../chat-api.ts"
import { element } from "../page-setup.ts"

const dialog = () => import("./transcript-dialog.ts")

export function startTranscript(memory: PrefixedStorage, api: ChatApi) {
  const button = element("get-transcript")
  button.addEventListener("click", () => void dialog().then(({ askForTranscript }) => askForTranscript(memory, api)))
  const token = /^#transcript=([\w-]+)$/.exec(location.hash)?.[1]
  if (token) {
    // It opens nothing twice, and is nothing to pass on.
    history.replaceState(null, "", location.pathname + location.search)
    void dialog().then(({ confirmTranscript }) => confirmTranscript(api, token))
  }
  return function offer(conversation: Conversation | null) {
    const { connection, messages = [] } = conversation ?? {}
    button.hidden = connection?.mailsTranscripts !== true || !messages.some(({ direction }) => direction === "in")
  }
}
