// The other side of parser-thread.ts: parses what comes until it is ended.
import { parentPort, workerData } from "node:worker_threads"

type Parser = { parse: (input: unknown) => Promise<{ output: unknown; transfer: ArrayBuffer[] }> }

const post = parentPort!.postMessage.bind(parentPort)
const { module } = workerData as { module: string }
const { parse } = (await import(module)) as Parser

parentPort!.on("message", async (input: unknown) => {
  try {
    const { output, transfer } = await parse(input)
    post({ output }, transfer)
  } catch (error) {
    post({ error: String(error) })
  }
})
