// How many tickets stand, in few requests. Splynx has filters, and some of its versions overlook them.
import type { SystemAnswer, WorkStatus } from "../systems/system-kind.ts"

// The address of such a request stays below 8 kB, which is as long as web servers take.
export const ticketsAtOnce = 100
const pageSize = 500
// Of a Splynx that overlooks the filter.
const mostPages = 200

type List = (query: string) => Promise<SystemAnswer<unknown[]>>
type Statuses = SystemAnswer<WorkStatus[]>

/**
 * Gives what reads the tickets of those numbers in one request, filtered here again. Where the filter is overlooked all pages are
 * read, once for as long as it is used.
 */
export function readListedTickets(list: List, parse: (value: unknown) => WorkStatus | null) {
  const read = async (query: string): Promise<Statuses> => {
    const answer = await list(`order[id]=ASC&${query}`)
    return answer.ok ? { ...answer, value: answer.value.flatMap((one) => parse(one) ?? []) } : answer
  }
  let all: Statuses | undefined
  return async (numbers: readonly string[]): Promise<Statuses> => {
    const wanted = new Set(numbers)
    let answer = all ?? (await read(`${idFilter(numbers)}&limit=${numbers.length}`))
    const isFiltered = answer.ok && answer.value.every(({ number }) => wanted.has(number))
    if (answer.ok && !isFiltered && !all) answer = all = await readAllPages(read)
    return answer.ok ? { ...answer, value: answer.value.filter(({ number }) => wanted.has(number)) } : answer
  }
}

const idFilter = (numbers: readonly string[]) =>
  ["main_attributes[id][0]=IN", ...numbers.map((number, n) => `main_attributes[id][1][${n}]=${number}`)].join("&")

/** As of when the first page was asked for. Their order is fixed, so that pages do not overlap. */
async function readAllPages(read: (query: string) => Promise<Statuses>): Promise<Statuses> {
  const found: WorkStatus[] = []
  let askedAt: Date | undefined
  for (let page = 0; page < mostPages; page++) {
    const answer = await read(`limit=${pageSize}&offset=${page * pageSize}`)
    if (!answer.ok) return answer
    askedAt ??= answer.askedAt
    // The end; or it overlooks the offset too, and gives the first page for ever.
    if (answer.value.length === 0 || answer.value[0]!.number === found[0]?.number) break
    found.push(...answer.value)
  }
  return { ok: true, value: found, askedAt: askedAt! }
}
