// A closed loop: each client sends its next piece of work when the last one was answered.

export type LoadFigures = {
  perSecond: number
  p50: number
  p99: number
  count: number
  errors: number
  failure?: string
}

export type LoadOptions = { clients: number; seconds: number; work: (client: number) => Promise<void> }

/** Latencies in milliseconds. Errors count apart and never as work done; `failure` is what the first one said. */
export async function runLoad({ clients, seconds, work }: LoadOptions): Promise<LoadFigures> {
  const latencies: number[] = []
  let errors = 0
  let failure: string | undefined
  const began = performance.now()
  const until = began + seconds * 1000
  const client = async (number: number) => {
    for (let at = performance.now(); at < until;) {
      const failed = await work(number).then(
        () => false,
        (error: unknown) => {
          failure ??= error instanceof Error ? error.message : String(error)
          return true
        },
      )
      const now = performance.now()
      if (failed) errors++
      else latencies.push(now - at)
      at = now
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return { ...figuresOf(latencies, (performance.now() - began) / 1000, errors), ...(failure && { failure }) }
}

export function figuresOf(latencies: number[], seconds: number, errors = 0): LoadFigures {
  const sorted = Float64Array.from(latencies).toSorted()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { perSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99), count: sorted.length, errors }
}

/** How many pieces of work failed and what the first of them answered; empty when none did. */
export const failuresOf = ({ errors, failure }: LoadFigures) =>
  errors === 0 ? "" : ` (${errors} errors, first with ${failure})`

/** Field by field: machines are noisy, and one bad round must not speak for all. */
export function medianOf(rounds: LoadFigures[]): LoadFigures {
  const failure = rounds.find((f) => f.failure !== undefined)?.failure
  const middle = (of: (figures: LoadFigures) => number) => median(rounds.map(of))
  return {
    perSecond: middle((f) => f.perSecond),
    p50: middle((f) => f.p50),
    p99: middle((f) => f.p99),
    count: rounds.reduce((sum, f) => sum + f.count, 0),
    errors: rounds.reduce((sum, f) => sum + f.errors, 0),
    ...(failure !== undefined && { failure }),
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
