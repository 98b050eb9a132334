// An export that a tool does not write itself: all that its API gives, one value a line, with the files beside it.
import { createWriteStream } from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { setTimeout as wait } from "node:timers/promises"
import { maxFileBytes } from "#files/index.ts"
import type { Outbound, OutboundResponse } from "#kernel/outbound/http-client.ts"
import type { DeskApi, Source } from "../sources/source.ts"

const longestAnswer = 64 * 1024 * 1024
const patience = { idleMs: 60_000, withinMs: 300_000 }
/** How often an API that is asked too much, or is away for a moment, is asked again. */
const tries = 8
const longestWaitMs = 120_000

type Place = { address: URL; token: string; outbound: Outbound; folder: string; onRead: (values: number) => void }

/** Writes `export.jsonl` into the folder; gives its path. Throws when the API refuses. */
export async function downloadFromApi(source: NonNullable<Source["api"]>, place: Place): Promise<string> {
  const path = join(place.folder, "export.jsonl")
  const file = await open(path, "w", 0o600)
  let values = 0
  try {
    for await (const value of source.values(apiOf(place, source.headers(place.token)), place.address)) {
      await file.appendFile(`${JSON.stringify(value)}\n`)
      place.onRead(++values)
    }
  } finally {
    await file.close()
  }
  return path
}

function apiOf({ address, outbound, folder }: Place, headers: Record<string, string>): DeskApi {
  const ask = async (path: string): Promise<OutboundResponse> => {
    const url = new URL(path, address)
    // The token is for this desk alone, wherever an answer leads.
    if (url.origin !== address.origin) throw new Error(`${address.host} leads to ${url.host}, which is another place.`)
    for (let nth = 1; ; nth++) {
      const answer = await outbound.ask({ method: "GET", url: url.href, headers, chosenBy: "operator", ...patience })
      const isBusy = answer.status === 429 || answer.status >= 500
      if (!isBusy || nth === tries) return answer
      answer.discard()
      const seconds = Number(answer.header("retry-after") ?? 2 ** nth)
      await wait(Math.min(longestWaitMs, (Number.isFinite(seconds) ? seconds : 60) * 1_000))
    }
  }
  let files = 0
  return {
    get: async (path) => {
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
      await pipeline(answer.body, createWriteStream(join(folder, name), { mode: 0o600 }))
      return name
    },
  }
}
