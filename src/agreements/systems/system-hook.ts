// What a kind of outside system says of the hooks that it calls. Hooks are stored first, answered, and processed afterwards.
import type { IncomingHttpHeaders } from "node:http"

export type SystemHook = {
  /** The end of its address, below /api/hooks/. */
  path: string
  maxBytes: number
  /** It only says that something is worth a look. Such hooks keep no others waiting, and may be lost. */
  isHint: boolean
  /** Whose it is, and how a repetition is known; or at once the answer to what is not stored. */
  admit: (request: HookRequest, systems: HookSender[]) => AdmittedHook | HookAnswer
  /** What a body says that was admitted. */
  read: (body: string) => HookContent
  answer: (stored: StoredHook) => HookAnswer
}

/** One of the linked systems of that kind, with its secrets open. */
export type HookSender = { id: string; settings: Record<string, unknown>; secrets: Record<string, string> }

/** `allowUnauthenticated`: systems without credentials of any kind are believed all the same. */
export type HookRequest = {
  body: Buffer
  headers: IncomingHttpHeaders
  ip: string
  now: Date
  allowUnauthenticated: boolean
}
export type AdmittedHook = { systemId: string; digest: string }
export type HookAnswer = { status: number; body: object | string }
/** `isNew`: false for a repetition, whose id is that of the first. */
export type StoredHook = { id: number; isNew: boolean }

/** Names as they were written, "" or null where there is none. Numbers are decimal digits without zeros in front. */
export type HookContent =
  | {
      type: "opening"
      number: string
      company: string
      openedAt: Date | null
      motive: string | null
      customerNumber: string
      workNumber: string | null
    }
  | { type: "closure"; number: string; company: string | null; closedAt: Date | null; motive: string | null }
  /** The state of these tickets has changed in a work system. */
  | { type: "changed"; numbers: string[] }
