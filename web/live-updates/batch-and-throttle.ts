// Work that many notices ask for, done once for all of them.

/** Runs `work` at once, and again with what came meanwhile when it is done and `pauseMs` have passed. */
export function batchUp<T>(work: (batch: T[]) => Promise<unknown> | void, pauseMs: number) {
  const waiting: T[] = []
  let isBusy = false
  const flush = async () => {
    isBusy = true
    while (waiting.length > 0) {
      await work(waiting.splice(0))
      await new Promise((done) => setTimeout(done, pauseMs))
    }
    isBusy = false
  }
  return (item: T) => {
    waiting.push(item)
    if (!isBusy) void flush()
  }
}

/** Runs `work` for a key after `waitMs`, however often it is asked for until then. */
export function throttleByKey(work: (key: string) => void) {
  const timers = new Map<string, { at: number; timer: ReturnType<typeof setTimeout> }>()
  return {
    ask: (key: string, waitMs: number) => {
      const at = performance.now() + waitMs
      const before = timers.get(key)
      if (before && before.at <= at) return
      clearTimeout(before?.timer)
      const run = () => {
        timers.delete(key)
        work(key)
      }
      timers.set(key, { at, timer: setTimeout(run, waitMs) })
    },
    stop: () => timers.forEach(({ timer }) => clearTimeout(timer)),
  }
}
