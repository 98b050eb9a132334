// Lets what is asked at once be answered together: while batches are at work, who comes waits, and is in the next one.
type Options = {
  /** So many batches at a time. */
  lanes: number
  /** So many must wait for a batch to begin beside another that is at work; one if nothing is said. */
  besideAt?: number
  /** So many in a batch. */
  atMost: number
  /** A batch that takes longer keeps nobody else waiting. */
  slowMs: number
}

/** Somebody who waits for an answer. */
export type PendingRequest<Question, Answer> = { question: Question } & Omit<PromiseWithResolvers<Answer>, "promise">

/** Gives what to ask. `work` gets those who waited, the first who came first; it answers each, and never fails. */
export function createBatcher<Question, Answer>(
  { lanes, besideAt = 1, atMost, slowMs }: Options,
  work: (batch: PendingRequest<Question, Answer>[]) => Promise<void>,
): (question: Question) => Promise<Answer> {
  const waiting: PendingRequest<Question, Answer>[] = []
  let busy = 0
  const begin = () => {
    while (busy < lanes && waiting.length >= (busy === 0 ? 1 : besideAt)) {
      busy++
      void startBatch(waiting.splice(0, atMost))
    }
  }
  const startBatch = async (batch: PendingRequest<Question, Answer>[]) => {
    const { promise: isSlow, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, slowMs)
    await Promise.race([work(batch), isSlow])
    clearTimeout(timer)
    busy--
    begin()
  }
  return (question) => {
    const { promise, ...settle } = Promise.withResolvers<Answer>()
    const count = waiting.push({ question, ...settle })
    // Those that have arrived with it are still being read.
    if (count === 1 || count === besideAt) setImmediate(begin)
    return promise
  }
}
