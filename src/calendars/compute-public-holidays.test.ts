import assert from "node:assert/strict"
import { test } from "node:test"
import { computeHolidays } from "./compute-public-holidays.ts"

const now = new Date("2026-11-22T09:00:00Z")
const datesOf = async (country: string, region: string | null = null) =>
  (await computeHolidays({ country, region }, now)).map(({ date }) => date).filter((date) => date.startsWith("2026"))

test("half holidays are no days off", async () => {
  const halves: [country: string, region: string | null, dates: string[], whole: string][] = [
    ["AU", "SA", ["2026-12-24", "2026-12-31"], "2026-12-25"],
    ["GT", null, ["2026-12-24", "2026-12-31"], "2026-12-25"],
    ["CN", null, ["2026-03-08", "2026-05-04"], "2026-10-01"],
  ]
  for (const [country, region, dates, whole] of halves) {
    const found = await datesOf(country, region)
    assert.deepEqual([...dates.filter((date) => found.includes(date)), found.includes(whole)], [true], country)
  }
})

test("a holiday of several days closes each whole one, on which clocks change too", async () => {
  const turkish = (await datesOf("TR")).filter((date) => /-0[356]-[23]/.test(date) && date !== "2026-05-19")
  assert.deepEqual(
    turkish,
    ["20", "21", "22"].map((d) => `2026-03-${d}`).concat(["27", "28", "29", "30"].map((d) => `2026-05-${d}`)),
  )
  // Easter Sunday, of 25 hours; and in 2024, of 23.
  assert.ok((await datesOf("AU", "SA")).includes("2026-04-05"))
  const german = await computeHolidays({ country: "DE", region: "BB" }, now)
  assert.ok(german.some(({ date }) => date === "2024-03-31"))
})

test("a place is computed once", async () => {
  const place = { country: "CO", region: null }
  assert.equal(await computeHolidays(place, now), await computeHolidays(place, now))
})
