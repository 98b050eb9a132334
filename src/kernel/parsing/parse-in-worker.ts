// Files of strangers are parsed in a thread of their own, with bounded memory and time: what goes wrong there, goes wrong
// there alone.
import { Worker } from "node:worker_threads"
import { Refusal } from "../errors.ts"

const usual = { longestMs: 60_000, heapMb: 768 }
const atOnce = 2
const mostWaiting = 20

/**
 * What the parser in `module` makes of the input. The module exports `parse(input)`, a generator of lists; the answer is
 * all of their items. Refuses (413) what `parse` refuses with `FileTooLarge`, and what takes too much memory or more than a minute;
 * 503 when too many wait already.
 */
export async function parseInWorker<T>(module: URL, input: unknown, limits = usual): Promise<T[]> {
  await turn()
  try {
    return await run<T>(module, input, limits)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

let running = 0
const waiting: (() => void)[] = []

async function turn(): Promise<void> {
  if (waiting.length >= mostWaiting)
    throw new Refusal("unavailable", "unavailable", "Too many files are being read; try again", {
      retryAfterSeconds: 10,
    })
  if (running < atOnce) running++
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

type WorkerMessage = { items: unknown[] } | { refused: string } | { done: true }

function run<T>(module: URL, input: unknown, { longestMs, heapMb }: typeof usual): Promise<T[]> {
  const worker = new Worker(new URL("./parser-worker.ts", import.meta.url), {
    workerData: { module: module.href, input },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    env: {},
    stdin: false,
  })
  const { promise, resolve, reject } = Promise.withResolvers<T[]>()
  const items: T[] = []
  const timer = setTimeout(() => reject(tooLarge("takes too long to read")), longestMs)
  worker.on("message", (message: WorkerMessage) => {
    if ("items" in message) items.push(...(message.items as T[]))
    else if ("refused" in message) reject(tooLarge(message.refused))
    else resolve(items)
  })
  worker.on("error", (error: NodeJS.ErrnoException) =>
    reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooLarge("holds more than fits into memory") : error),
  )
  worker.on("exit", () => reject(new Error("the parser ended without an answer")))
  return promise.finally(async () => {
    clearTimeout(timer)
    await worker.terminate()
  })
}

const tooLarge = (why: string) =>
  new Refusal("too_large", "too_large", `file: ${why}`, { errors: [{ path: "file", message: why }] })
