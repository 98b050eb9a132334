// A thread that parses one input after another, for those of which many come: to start it anew for each would take longer than the
// parsing. With bounded memory and time, as parse-in-worker.ts; what goes wrong ends the thread and that input alone.
import { Worker } from "node:worker_threads"

export type ParserThreadOptions = {
  /** Exports `parse(input)`, which resolves to `{ output, transfer }`. */
  module: URL
  /** Of the processor: a machine that is busy with other things makes no input slow. */
  longestCpuMs: number
  /** Of the clock, for what waits without an end. */
  longestMs: number
  heapMb: number
  /** How long an idle thread keeps its memory. */
  idleMs: number
}

/** `too_slow` and `too_large`: the thread was ended at its limits. `broken`: the parser threw, or the thread is gone. */
export type ParserOutcome<Output> =
  | { state: "parsed"; output: Output }
  | { state: "failed"; because: "too_slow" | "too_large" | "broken"; error?: unknown }

export type ParserThread<Input, Output> = {
  /** One at a time, in the order of the calls. `transfer`: buffers that the caller gives away. */
  parse: (input: Input, transfer?: ArrayBuffer[]) => Promise<ParserOutcome<Output>>
  close: () => Promise<void>
}

export function openParserThread<Input, Output>(options: ParserThreadOptions): ParserThread<Input, Output> {
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  const end = async () => {
    clearTimeout(idle)
    const ended = worker
    worker = null
    await ended?.terminate()
  }
  const parseNext = async (input: Input, transfer: ArrayBuffer[]): Promise<ParserOutcome<Output>> => {
    clearTimeout(idle)
    worker ??= startThread(options)
    worker.ref()
    const outcome = await answerOf<Output>(worker, { input, transfer, options })
    if (outcome.state === "failed" && outcome.because !== "broken") await end()
    else if (outcome.state === "failed" && outcome.error === threadGone) worker = null
    worker?.unref()
    idle = setTimeout(() => void end(), options.idleMs).unref()
    return outcome
  }
  return {
    parse: (input, transfer = []) => {
      const next = last.then(() => parseNext(input, transfer))
      last = next
      return next
    },
    close: async () => {
      await last
      await end()
    },
  }
}

function startThread({ module, heapMb }: ParserThreadOptions): Worker {
  const worker = new Worker(new URL("./parser-thread-worker.ts", import.meta.url), {
    workerData: { module: module.href },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    env: {},
    stdin: false,
  })
  // The caller that waits for an answer listens below; an error without a listener would end the process.
  worker.on("error", () => {})
  return worker
}

const threadGone = new Error("the parser thread ended without an answer")

type Work = { input: unknown; transfer: ArrayBuffer[]; options: ParserThreadOptions }
type Answer<Output> = { output: Output } | { error: unknown }

function answerOf<Output>(worker: Worker, { input, transfer, options }: Work): Promise<ParserOutcome<Output>> {
  return new Promise((resolve) => {
    const settle = (outcome: ParserOutcome<Output>) => {
      clearTimeout(timer)
      stopWatching()
      worker.off("message", answered).off("error", failed).off("exit", gone)
      resolve(outcome)
    }
    const answered = (answer: Answer<Output>) =>
      settle(
        "error" in answer
          ? { state: "failed", because: "broken", error: answer.error }
          : { state: "parsed", output: answer.output },
      )
    const failed = (error: NodeJS.ErrnoException) =>
      settle(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? { state: "failed", because: "too_large" }
          : { state: "failed", because: "broken", error: threadGone },
      )
    const gone = () => settle({ state: "failed", because: "broken", error: threadGone })
    const tooSlow = () => settle({ state: "failed", because: "too_slow" })
    const timer = setTimeout(tooSlow, options.longestMs)
    const stopWatching = watchProcessor(worker, options.longestCpuMs, tooSlow)
    worker.on("message", answered).on("error", failed).on("exit", gone)
    worker.postMessage(input, transfer)
  })
}

const lookEveryMs = 200

/** Calls when the thread has used more of the processor since now; returns how to stop watching. */
function watchProcessor(worker: Worker, longestCpuMs: number, exceeded: () => void): () => void {
  const used = () =>
    worker.cpuUsage().then(
      ({ user, system }) => (user + system) / 1_000,
      // It is not running yet, or any more.
      () => 0,
    )
  const before = used()
  const look = async () => {
    if ((await used()) - (await before) > longestCpuMs) exceeded()
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  return () => clearInterval(timer)
}
