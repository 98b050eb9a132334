// What Hilo must know of a kind of outside system. Of the two that agree on one problem, the work system is where operators close
// tickets and Hilo can ask and reopen; the record system only says by its hooks what is closed there.
import type { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import type { LinkedSystemKind } from "../api-contract.ts"
import type { SystemHook } from "./system-hook.ts"

export type SystemKind = {
  /** What it is called, in every language. */
  label: string
  settings: z.ZodObject
  /** Kept sealed, and never shown. */
  secrets: z.ZodObject
  /** What its settings lack to be whole, as the name of a setting and what is wrong with it. */
  findFault?: (whole: WholeSettings) => SettingFault | null
  /** The setting that names the work system which it forms pairs with, and of what kind that is; unset, the only one there is. */
  pairedBy?: { setting: string; kind: LinkedSystemKind }
  /** Asks it now, as a person waits, and says in words what it found. */
  test: (kit: Kit, account: SystemAccount) => Promise<SystemAnswer<{ detail: string }>>
  /** What it posts. */
  hooks?: readonly SystemHook[]
  work?: {
    /** How many numbers one request may ask for. */
    statusesAtOnce: number
    /** `always`: also while its circuit breaker is open, for a person or a cron call. */
    connect: (kit: Kit, account: SystemAccount, options: { always: boolean }) => WorkSystem
  }
}

/** The secrets are open. Not to be kept, shown or logged. */
export type WholeSettings = {
  settings: Record<string, unknown>
  secrets: Record<string, unknown>
}
export type SettingFault = { setting: string; message: string }

export type SystemAccount = {
  id: string
  kind: LinkedSystemKind
  name: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
}

/**
 * missing: it has no such ticket. refused: it said no, and asking again as it is makes no sense. unreachable: anything else, and what
 * was to change may have changed. paused: its circuit breaker is open, nothing was sent.
 */
export type SystemFailure = "missing" | "refused" | "unreachable" | "paused"

/**
 * `askedAt`: before the request left. `detail`: words for staff and logs, without secrets and bodies. `isUnsent`: the request did not
 * leave, so that nothing there has changed.
 */
export type SystemAnswer<T> =
  | { ok: true; value: T; askedAt: Date }
  | { ok: false; failure: SystemFailure; detail: string; isUnsent?: boolean }

export type WorkStatus = {
  number: string
  closed: boolean
  /** Who works on it there; null is nobody. */
  operatorNumber: string | null
  subject: string
  customerNumber: string | null
  updatedAt: Date | null
}

export type WorkSystem = {
  /** At most `statusesAtOnce` numbers. What the system does not know is not in the answer. */
  listStatuses: (numbers: readonly string[]) => Promise<SystemAnswer<WorkStatus[]>>
  readStatus: (number: string) => Promise<SystemAnswer<WorkStatus>>
  /** One request, never repeated by itself. */
  reopen: (number: string) => Promise<SystemAnswer<null>>
  /** Gives its number. `mark` is a text by which `findOpened` knows it. One request, never repeated by itself. */
  open: (opening: { mark: string; subject: string; customerNumber: string }) => Promise<SystemAnswer<string>>
  findOpened: (mark: string) => Promise<SystemAnswer<string | null>>
}
