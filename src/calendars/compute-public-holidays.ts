// Holidays of countries and regions. The package that knows them takes much memory, so that only a server on which somebody
// sets up a calendar loads it; everybody else reads rows.
import { boundedMemo } from "#kernel/bounded-memo.ts"
import { invalidField } from "#kernel/errors.ts"
import type { HolidayCountry } from "./api-contract.ts"
import type { Place } from "./public-holiday-store.ts"
import type { NamedHoliday } from "./next-holidays.ts"

const hour = 3_600_000
const day = 24 * hour

/** Reports look back, due times ahead. */
export function holidayYears(now: Date): { first: number; last: number } {
  const year = now.getUTCFullYear()
  return { first: year - 5, last: year + 10 }
}

/** The place as the package writes it, its region without its country: ES-MD and MD are the same of ES. Refuses an unknown one. */
export async function knownPlace({ country, region }: Place): Promise<Place> {
  const known = new (await loadPackage())()
  if (!Object.hasOwn(known.getCountries(), country))
    throw invalidField("holidayCountry", "is a country whose holidays are not known")
  if (region === null) return { country, region }
  const asked = region.toUpperCase().replace(`${country}-`, "")
  const written = Object.keys(known.getStates(country) ?? {}).find((one) => one.toUpperCase() === asked)
  if (written === undefined) throw invalidField("holidayRegion", `is not a region of ${country}`)
  return { country, region: written }
}

/** The whole days on which a known place does not work, without half holidays. The last places asked for are remembered. */
export async function computeHolidays({ country, region }: Place, now: Date): Promise<NamedHoliday[]> {
  const Holidays = await loadPackage()
  remembered ??= boundedMemo(100, (key) => computeYears(Holidays, ...(JSON.parse(key) as ComputedYears)))
  const { first, last } = holidayYears(now)
  const asked: ComputedYears = [country, region, first, last]
  return remembered(JSON.stringify(asked))
}

type ComputedYears = [country: string, region: string | null, first: number, last: number]
let remembered: ((key: string) => NamedHoliday[]) | undefined

function computeYears(Holidays: Package, ...[country, region, first, last]: ComputedYears): NamedHoliday[] {
  const local = region === null ? new Holidays(country) : new Holidays(country, region)
  const years = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  return years.flatMap((year) =>
    local
      .getHolidays(year)
      .filter(({ type }) => type === "public")
      .flatMap(daysOf),
  )
}

export async function holidayCountries(): Promise<HolidayCountry[]> {
  const Holidays = await loadPackage()
  const known = new Holidays()
  return Object.keys(known.getCountries()).map((code) => ({
    code,
    regions: Object.entries(known.getStates(code) ?? {}).map(([region, name]) => ({ code: region, name })),
  }))
}

type Package = Awaited<ReturnType<typeof loadPackage>>
const loadPackage = async () => (await import("date-holidays")).default

/**
 * Some last for several days. Their dates are those of the place, whatever is written behind them. What begins later than at
 * midnight or lasts less than a day, such as a half holiday, is no day off.
 */
function daysOf({ date, start, end, name }: { date: string; start: Date; end: Date; name: string }): NamedHoliday[] {
  if (date.slice(11, 19) !== "00:00:00") return []
  const first = Date.parse(date.slice(0, 10))
  // The day on which clocks go forward has an hour less.
  const count = Math.floor((end.getTime() - start.getTime() + hour) / day)
  return Array.from({ length: count }, (_, n) => ({
    date: new Date(first + n * day).toISOString().slice(0, 10),
    name: name.slice(0, 200),
  }))
}
