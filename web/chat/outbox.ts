// Messages on their way out. Of several windows one sends at a time; where the browser cannot arrange that, sending twice is
// harmless: the server takes a clientId only once.
import type { ChatFile, ChatMessageIn } from "../../src/channels/webchat/api-contract.ts"
import type { ApiResult, ChatApi } from "./chat-api.ts"
import { type StoredMessage, createOutboxStorage } from "./outbox-storage.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { sendOutcome } from "./send-outcome.ts"

export type OutgoingMessage = {
  clientId: string
  text: string
  files: ChatFile[]
  at: string
  state: "waiting" | "sending" | "sent" | "failed"
  code: string
}
type States = Map<string, OutgoingMessage["state"]>

export function createOutbox(
  memory: PrefixedStorage,
  send: ChatApi["send"],
  tell: (answer: ApiResult<unknown> | null) => void,
) {
  const kept = createOutboxStorage(memory)
  const states: States = new Map()
  const list = () => kept.all().map((one) => outgoing(one, states))
  const pump = pumpOf(kept, states, send, tell)
  return {
    list,
    pump,
    add(message: ChatMessageIn, at: string, files: ChatFile[] = []) {
      kept.keep({ message, files, at })
      void pump()
    },
    retry(clientId: string) {
      const one = kept.read(clientId)
      if (one) kept.keep({ message: one.message, files: one.files ?? [], at: one.at })
      states.delete(clientId)
      void pump()
    },
    /** The server has these now, or the visitor gave them up. */
    drop(clientIds: Iterable<string>) {
      for (const clientId of clientIds) {
        kept.erase(clientId)
        states.delete(clientId)
      }
    },
  }
}

function outgoing(
  { message: { clientId, text }, files = [], at, failed, sent }: StoredMessage,
  states: States,
): OutgoingMessage {
  const state = sent ? "sent" : failed === undefined ? (states.get(clientId) ?? "waiting") : "failed"
  return { clientId, text, files, at, state, code: failed ?? "" }
}

/** Sends what waits, in order, one at a time, until nothing waits or the server has to be waited for. */
function pumpOf(
  kept: ReturnType<typeof createOutboxStorage>,
  states: States,
  send: ChatApi["send"],
  tell: (a: ApiResult<unknown> | null) => void,
) {
  let running = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const next = () => kept.all().find((one) => outgoing(one, states).state === "waiting")

  async function pump() {
    if (running) return
    running = true
    clearTimeout(timer)
    await alone(async () => {
      for (let one = next(); one; one = next()) {
        states.set(one.message.clientId, "sending")
        tell(null)
        const isOver = judge(one, await send(one.message))
        if (!isOver) break
      }
    })
    running = false
  }

  function judge(one: StoredMessage, answer: ApiResult<unknown>): boolean {
    const verdict = sendOutcome(answer, ++tries)
    states.set(one.message.clientId, verdict.is)
    // Another tab may have got it through meanwhile: what was dropped stays dropped.
    const isWanted = kept.read(one.message.clientId) !== null
    if (verdict.is === "failed" && isWanted) kept.keep({ ...one, failed: verdict.code })
    if (verdict.is === "sent" && isWanted) kept.keep({ ...one, sent: true })
    if (verdict.is === "waiting") timer = setTimeout(pump, verdict.afterMs)
    else tries = 0
    tell(answer)
    return verdict.is !== "waiting"
  }

  return pump
}

/** Waits until no other window of this origin is at it. Locks exist only on https and localhost, and are refused to sandboxed frames. */
async function alone(work: () => Promise<void>): Promise<void> {
  let isBegun = false
  const begin = () => {
    isBegun = true
    return work()
  }
  await navigator.locks?.request("hilo.chat", begin).catch((error: unknown) => {
    if (isBegun) throw error
  })
  if (!isBegun) await work()
}

/** randomUUID exists only on https and localhost; a desk on a local network may have neither. */
export function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
