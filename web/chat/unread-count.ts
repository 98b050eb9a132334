// How many of the desk's messages the visitor has not seen: in the title, on the widget, and reported to the desk.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import type { EmbedBridge } from "./embed-bridge.ts"

type Sight = { isAtEnd: () => boolean; tell: (messageId: string) => Promise<boolean> }

export function startUnreadCount(memory: PrefixedStorage, frame: EmbedBridge, { isAtEnd, tell }: Sight) {
  let telling: string | null = null

  /** Once for each; what did not arrive is reported when the thread is drawn again. */
  async function tellSeen(messageId: string) {
    if (memory.read("told") === messageId || telling !== null) return
    telling = messageId
    if (await tell(messageId)) memory.write("told", messageId)
    telling = null
  }

  return function count(conversation: Conversation | null, name: string) {
    const replies = (conversation?.messages ?? []).filter((message) => message.direction === "out")
    const last = replies.at(-1)
    if (last && frame.isOpen() && isAtEnd()) {
      memory.write("seen", last.id)
      if (memory.read("token") !== null) void tellSeen(last.id)
    }
    const seen = replies.findIndex((message) => message.id === memory.read("seen"))
    const unread = replies.length - 1 - seen
    frame.post({ unread })
    document.title = unread > 0 ? `(${unread}) ${name}` : name
  }
}
