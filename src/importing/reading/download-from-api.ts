// An export that a tool does not write itself: all that its API gives, one value a line, with the files beside it.
import { createWriteStream } from "node:fs"
import { open, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { setTimeout as wait } from "node:timers/promises"
import { maxFileBytes } from "#files/index.ts"
import type { Outbound, OutboundResponse } from "#kernel/outbound/http-client.ts"
import { FileTooLong } from "#kernel/storage/file-storage.ts"
import type { DeskApi, Source } from "../sources/source.ts"

const longestAnswer = 64 * 1024 * 1024
const patience = { idleMs: 60_000, withinMs: 300_000 }
/** How often an API that is asked too much, or is away for a moment, is asked again. */
const tries = 8
const longestWaitMs = 120_000

type Place = {
  address: URL
  token: string
  outbound: Outbound
  folder: string
  onRead: (values: number) => void
  signal: AbortSignal | undefined
}

/** Writes `export.jsonl` into the folder; gives its path. Throws when the API refuses. */
export async function downloadFromApi(source: NonNullable<Source["api"]>, place: Place): Promise<string> {
  const path = join(place.folder, "export.jsonl")
  const file = await open(path, "w", 0o600)
  let values = 0
  try {
    for await (const value of source.values(apiOf(place, source.headers(place.token)), place.address)) {
      await file.appendFile(`${JSON.stringify(value)}\n`)
      place.onRead(++values)
      place.signal?.throwIfAborted()
    }
  } finally {
    await file.close()
  }
  return path
}

function apiOf({ address, outbound, folder, signal }: Place, headers: Record<string, string>): DeskApi {
  const ask = async (path: string): Promise<OutboundResponse> => {
    const url = new URL(path, address)
    // The token is for this desk alone, wherever an answer leads.
    if (url.origin !== address.origin) throw new Error(`${address.host} leads to ${url.host}, which is another place.`)
    for (let nth = 1; ; nth++) {
      const asked = { method: "GET", url: url.href, headers, chosenBy: "operator", ...patience, signal } as const
      const answer = await outbound.ask(asked)
      const isBusy = answer.status === 429 || answer.status >= 500
      if (!isBusy || nth === tries) return answer
      answer.discard()
      const seconds = Number(answer.header("retry-after") ?? 2 ** nth)
      const waitMs = Math.min(longestWaitMs, (Number.isFinite(seconds) ? seconds : 60) * 1_000)
      await wait(waitMs, undefined, { signal })
    }
  }
  let files = 0
  let lastPath = ""
  return {
    get: async (path) => {
      if (path === lastPath) throw new Error(`${address.host} leads from ${path.split("?")[0]} to itself.`)
      lastPath = path
      const answer = await ask(path)
      const body = await answer.text(longestAnswer)
      if (answer.status !== 200) throw new Error(`${address.host} answers ${answer.status} to ${path.split("?")[0]}.`)
      return JSON.parse(body) as unknown
    },
    keep: async (path) => {
      const answer = await ask(path)
      const isTooLong = Number(answer.header("content-length") ?? 0) > maxFileBytes
      if (answer.status !== 200 || isTooLong) {
        answer.discard()
        return undefined
      }
      const name = `file-${++files}`
      return (await isKept(answer.body, join(folder, name))) ? name : undefined
    },
  }
}

/** False: it was longer than a file may be, and is gone. Not every answer says its length first. */
async function isKept(body: Readable, path: string): Promise<boolean> {
  try {
    await pipeline(body, bounded, createWriteStream(path, { mode: 0o600 }))
    return true
  } catch (error) {
    if (!(error instanceof FileTooLong)) throw error
    await rm(path)
    return false
  }
}

async function* bounded(bytes: AsyncIterable<Buffer>) {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > maxFileBytes) throw new FileTooLong(`more than ${maxFileBytes} bytes`)
    yield chunk
  }
}
