// What of the machine failed lately, for those who watch it. A request says it to one caller; this says it to the operator.
const shownForMs = 60_000
const seen = new Map<string, number>()

export function recordFault(name: string): void {
  seen.set(name, performance.now())
}

/** In words, what failed within the last minute on this server. */
export function recentFaults(now = performance.now()): string[] {
  return [...seen].filter(([, at]) => now - at < shownForMs).map(([name]) => name)
}

const rememberedForMs = 10_000
const waitedForMs = 1_000

/** Asks what is wrong at most every ten seconds, and never makes anybody wait: till an answer comes the last one counts. */
export function cachedProbe(ask: () => Promise<string | null>): () => Promise<string[]> {
  let [known, askedAt]: [string | null, number] = [null, -Infinity]
  return async () => {
    if (performance.now() - askedAt > rememberedForMs) {
      askedAt = performance.now()
      const asked = ask().then((found) => void (known = found))
      await Promise.race([asked, new Promise((done) => setTimeout(done, waitedForMs).unref())])
    }
    return known === null ? [] : [known]
  }
}
