// Repeatable randomness: the same seed gives the same stories.
export type SeededRandom = {
  /** From `least` to just below `most`. */
  between: (least: number, most: number) => number
  whole: (least: number, most: number) => number
  pick: <T>(list: readonly T[]) => T
  chance: (share: number) => boolean
}

// mulberry32: small, fast, and good enough to scatter stories over months.
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + next() * (most - least)
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1))
  return { between, whole, pick: (list) => list[whole(0, list.length - 1)]!, chance: (share) => next() < share }
}
