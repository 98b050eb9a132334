// Messages that the server does not have yet, each under its own name in the memory: a reload loses none, and two
// open tabs do not overwrite each other's.
import type { ChatFile, ChatMessageIn } from "../../src/channels/webchat/api-contract.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"

/** `sent`: the server has it, and has not shown it yet. */
export type StoredMessage = { message: ChatMessageIn; files?: ChatFile[]; at: string; failed?: string; sent?: true }

const keyPrefix = "out."

export function createOutboxStorage(memory: PrefixedStorage) {
  return {
    read: (clientId: string) => parse(memory.read(keyPrefix + clientId)),
    keep: (kept: StoredMessage) => memory.write(keyPrefix + kept.message.clientId, JSON.stringify(kept)),
    erase: (clientId: string) => memory.erase(keyPrefix + clientId),
    /** In the order in which they were written. */
    all(): StoredMessage[] {
      const all = memory.names(keyPrefix).flatMap((name) => parse(memory.read(name)) ?? [])
      return all.toSorted((a, b) => compare(a.at, b.at) || compare(a.message.clientId, b.message.clientId))
    },
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function parse(text: string | null): StoredMessage | null {
  try {
    const kept = JSON.parse(text ?? "null") as StoredMessage | null
    return typeof kept?.message?.text === "string" && typeof kept.at === "string" ? kept : null
  } catch {
    return null
  }
}
