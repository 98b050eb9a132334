/** Numbers that follow from the seed alone (mulberry32). */
export function chanceOf(from: number) {
  let state = from
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(of: readonly T[]) => of[Math.floor(next() * of.length)]!
  return { next, pick }
}
export type Chance = ReturnType<typeof chanceOf>
