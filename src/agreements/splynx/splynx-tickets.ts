// What Hilo asks of a Splynx: how tickets stand, to reopen one, and to open one.
import type { Kit } from "#kernel/kit.ts"
import type { SystemAccount, SystemAnswer, WorkStatus, WorkSystem } from "../systems/system-kind.ts"
import { type CallOptions, callSplynx } from "./call-splynx-api.ts"
import { readListedTickets } from "./list-splynx-tickets.ts"
import { idIn, parseSplynxTicket } from "./parse-splynx-ticket.ts"
import { splynxAccountOf } from "./splynx-account.ts"

const path = "support/tickets"
// Of the tickets that were opened last: ours was, if it was.
const lastOpened = "order[id]=DESC&limit=100"

export function connectToSplynx(kit: Kit, system: SystemAccount, options: CallOptions): WorkSystem {
  const account = splynxAccountOf(system)
  const call = (method: "GET" | "PUT" | "POST", to: string, body?: object) =>
    callSplynx({ kit, account }, { method, path: to, ...(body && { body }) }, options)
  const list = async (query: string): Promise<SystemAnswer<unknown[]>> => {
    const answer = await call("GET", `${path}?${query.replaceAll("[", "%5B").replaceAll("]", "%5D")}`)
    if (!answer.ok) return answer
    return Array.isArray(answer.value) ? { ...answer, value: answer.value as unknown[] } : unreadable
  }
  const parse = (value: unknown) => parseSplynxTicket(value, account.timezone)
  return {
    listStatuses: readListedTickets(list, parse),
    readStatus: async (number) => valueOf(await call("GET", `${path}/${number}`), ofNumber(number, parse)),
    // Texts, as its own pages send them. The answer is empty; whether it was done shows who looks afterwards.
    reopen: async (number) => {
      const answer = await call("PUT", `${path}/${number}`, { closed: "0", status_id: "1" })
      return answer.ok ? { ...answer, value: null } : answer
    },
    open: async ({ mark, subject, customerNumber }) => {
      const body = { customer_id: customerNumber, subject, note: mark, priority: "medium", status_id: "1" }
      return valueOf(await call("POST", path, body), (made) => idIn((made as { id?: unknown } | null)?.id))
    },
    findOpened: async (mark) => {
      const filter = `main_attributes[note][0]=LIKE&main_attributes[note][1]=${encodeURIComponent(`%${mark}%`)}`
      const answer = await list(`${filter}&${lastOpened}`)
      return answer.ok ? { ...answer, value: numberWithMark(answer.value, mark) } : answer
    },
  }
}

const unreadable: SystemAnswer<never> = { ok: false, failure: "unreachable", detail: "the answer cannot be read" }

function valueOf<T>(answer: SystemAnswer<unknown>, read: (value: unknown) => T | null): SystemAnswer<T> {
  if (!answer.ok) return answer
  const value = read(answer.value)
  return value === null ? unreadable : { ...answer, value }
}

const ofNumber = (number: string, parse: (value: unknown) => WorkStatus | null) => (value: unknown) => {
  const ticket = parse(value)
  return ticket?.number === number ? ticket : null
}

/** It overlooks filters at times, so they are applied here again. */
function numberWithMark(tickets: unknown[], mark: string): string | null {
  const found = tickets.find((ticket) => String((ticket as { note?: unknown } | null)?.note).includes(mark))
  return idIn((found as { id?: unknown } | undefined)?.id)
}

/** Whether tickets can be read with what is set. */
export async function testSplynx(kit: Kit, system: SystemAccount): Promise<SystemAnswer<{ detail: string }>> {
  const caller = { kit, account: splynxAccountOf(system) }
  const answer = await callSplynx(caller, { method: "GET", path: `${path}?limit=1` }, { always: true })
  if (!answer.ok) return answer
  return Array.isArray(answer.value) ? { ...answer, value: { detail: "tickets can be read" } } : unreadable
}
