export type RawRecord = Record<string, unknown>

/** How the API of a desk answers to who has its token. Addresses are paths, or whole ones of the same desk. */
export type DeskApi = {
  get: (path: string) => Promise<unknown>
  /** Fetches a file to stand beside the export; its path there, undefined when there is none. */
  keep: (path: string) => Promise<string | undefined>
}

export type Source = {
  /** What its values must be, where they are not. */
  expected: string
  /** The records, in Hilo's own format, that one value of its export says; none: it is nothing that is known. Not checked yet. */
  records: (value: RawRecord) => Iterable<RawRecord>
  /** Where an export is to be had from its API: the headers that a token becomes, and all values of it, people first. */
  api?: {
    headers: (token: string) => Record<string, string>
    values: (api: DeskApi, address: URL) => AsyncIterable<RawRecord>
    /** Where a host has several desks: the path of the one that the address is of. */
    account?: (address: URL) => string
  }
}

/** Page after page, from the first on, until one is empty. Throws when a page comes again: it would for ever. */
export async function* pagesOf(ask: (page: number) => Promise<RawRecord[]>): AsyncGenerator<RawRecord> {
  let before = ""
  for (let page = 1; ; page++) {
    const elements = await ask(page)
    if (elements.length === 0) return
    const now = JSON.stringify(elements)
    if (now === before) throw new Error(`Page ${page} is page ${page - 1} again.`)
    before = now
    yield* elements
  }
}
