// When the shop answers: Monday to Saturday, 8 to 18 h in Bogotá, which keeps UTC-5 all year.
const hour = 3_600_000
const day = 24 * hour
const offset = -5 * hour

const local = (at: Date) => new Date(at.getTime() + offset)

export function isOpen(at: Date): boolean {
  const there = local(at)
  return there.getUTCDay() !== 0 && there.getUTCHours() >= 8 && there.getUTCHours() < 18
}

/** The same instant, or `pause` after the next opening. */
export function nextOpenTime(at: Date, pause: number): Date {
  if (isOpen(at)) return at
  const there = local(at)
  const midnight = there.getTime() - (there.getTime() % day)
  const opening = new Date(midnight + 8 * hour - offset)
  const next = there.getUTCHours() >= 8 ? new Date(opening.getTime() + day) : opening
  const workday = local(next).getUTCDay() === 0 ? new Date(next.getTime() + day) : next
  return new Date(workday.getTime() + pause)
}
