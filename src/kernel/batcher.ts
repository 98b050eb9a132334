// Lets what is asked at once be answered together: while batches are at work, who comes waits, and is in the next one.
type Options<Question> = {
  /** So many batches at a time. */
  lanes: number
  /** So many must wait for a batch to begin beside another that is at work; one if nothing is said. */
  besideAt?: number
  /** So many in a batch. */
  atMost: number
  /** A batch that takes longer keeps nobody else waiting. */
  slowMs: number
  /** Of questions with the same key the later one waits until the one before is answered, if it is not in the same batch. */
  orderBy?: (question: Question) => string
}

/** Somebody who waits for an answer. */
export type PendingRequest<Question, Answer> = { question: Question } & Omit<PromiseWithResolvers<Answer>, "promise">

/** Gives what to ask. `work` gets those who waited, the first who came first; it answers each, and never fails. */
export function createBatcher<Question, Answer>(
  { lanes, besideAt = 1, atMost, slowMs, orderBy }: Options<Question>,
  work: (batch: PendingRequest<Question, Answer>[]) => Promise<void>,
): (question: Question) => Promise<Answer> {
  let waiting: PendingRequest<Question, Answer>[] = []
  const atWork = countByKey(orderBy)
  let busy = 0
  let isScheduled = false
  const begin = () => {
    isScheduled = false
    while (busy < lanes) {
      const ready = waiting.filter(({ question }) => !atWork.has(question))
      if (ready.length < (busy === 0 ? 1 : besideAt)) return
      const batch = new Set(ready.slice(0, atMost))
      waiting = waiting.filter((one) => !batch.has(one))
      busy++
      void startBatch([...batch])
    }
  }
  const startBatch = async (batch: PendingRequest<Question, Answer>[]) => {
    for (const { question } of batch) atWork.add(question, 1)
    const { promise: isSlow, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, slowMs)
    await Promise.race([work(batch), isSlow])
    clearTimeout(timer)
    busy--
    begin()
  }
  const schedule = () => {
    // Those that have arrived with it are still being read.
    if (!isScheduled) setImmediate(begin)
    isScheduled = true
  }
  return (question) => {
    const { promise, ...settle } = Promise.withResolvers<Answer>()
    waiting.push({ question, ...settle })
    schedule()
    return promise.finally(() => {
      atWork.add(question, -1)
      if (waiting.length > 0) schedule()
    })
  }
}

/** How many questions of each key there are; without keys there are none. */
function countByKey<Question>(keyOf: ((question: Question) => string) | undefined) {
  const counts = new Map<string, number>()
  return {
    has: (question: Question) => keyOf !== undefined && counts.has(keyOf(question)),
    add: (question: Question, by: 1 | -1) => {
      if (!keyOf) return
      const n = (counts.get(keyOf(question)) ?? 0) + by
      if (n === 0) counts.delete(keyOf(question))
      else counts.set(keyOf(question), n)
    },
  }
}
