// The other side of parse-in-worker.ts: runs one parser, reports what it finds piece by piece, and ends.
import { parentPort, workerData } from "node:worker_threads"
import { FileTooLarge } from "./file-too-large.ts"

type Parser = { parse: (input: unknown) => AsyncIterable<unknown[]> | Iterable<unknown[]> }

const post = parentPort!.postMessage.bind(parentPort)
const { module, input } = workerData as { module: string; input: unknown }
const { parse } = (await import(module)) as Parser
try {
  for await (const items of parse(input)) post({ items })
  post({ done: true })
} catch (error) {
  if (!(error instanceof FileTooLarge)) throw error
  post({ refused: error.message })
}
