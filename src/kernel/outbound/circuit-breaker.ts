// Spares a target that does not answer: after some failures in a row nothing is asked of it for a while, then one request tries.
// Each server counts for itself.

export type CircuitBreaker = {
  /** Is it better not to ask now? */
  isOpen: (now: Date) => boolean
  /** What the last request showed: a success closes the breaker. */
  note: (hasFailed: boolean, now: Date) => void
}

export function createCircuitBreaker({ failures, pauseMs }: { failures: number; pauseMs: number }): CircuitBreaker {
  let inARow = 0
  let openUntil = -Infinity
  return {
    // A clock that was set back must not keep it open for longer than the pause.
    isOpen: (now) => now.getTime() < openUntil && openUntil - now.getTime() <= pauseMs,
    note: (hasFailed, now) => {
      inARow = hasFailed ? inARow + 1 : 0
      openUntil = inARow >= failures ? now.getTime() + pauseMs : -Infinity
    },
  }
}
