import type { Calendar } from "./api-contract.ts"

export type NamedHoliday = { date: string; name: string }

/** The next holidays from `today` on, each day once: those given by hand first, as people call them. */
export function nextHolidays(
  own: Calendar["holidays"],
  publicHolidays: NamedHoliday[],
  today: string,
  most: number,
): NamedHoliday[] {
  const given = own.flatMap(({ date, name, yearly }) => (yearly ? nextYears(date, name, today) : [{ date, name }]))
  const byDate = new Map([...publicHolidays, ...given].map((holiday) => [holiday.date, holiday]))
  return [...byDate.values()]
    .filter(({ date }) => date >= today)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .slice(0, most)
}

/** On 29 February comes what is of every year in leap years alone: within eight years at the latest. */
function nextYears(date: string, name: string, today: string): NamedHoliday[] {
  const year = Number(today.slice(0, 4))
  const dates = Array.from({ length: 9 }, (_, n) => `${year + n}${date.slice(4)}`)
  return dates.filter(isDay).map((next) => ({ date: next, name }))
}

function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number)
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}
