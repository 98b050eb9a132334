// How bad a stuck shipment is, from 0 to 100, with the parts that make it up. The queue shows the worst first.

export type Facts = {
  /** When it last moved; null when nobody knows. */
  movedAt: Date | null
  canonical: string | null
  isFinal: boolean
  novedad: string | null
  /** Both folded. */
  carrier: string
  city: string
}

/** Places and carriers that often go wrong, folded. */
export type Risk = { cities: ReadonlySet<string>; carriers: ReadonlySet<string> }

export const levels = ["HIGH", "MEDIUM", "LOW"] as const
export type Level = (typeof levels)[number]
export const scoreParts = ["time", "status", "novedad", "city", "carrier"] as const
export type Part = (typeof scoreParts)[number]
export type Score = { total: number; level: Level; parts: { part: Part; points: number }[] }

const hour = 3_600_000
const byHours = [
  [120, 50],
  [72, 35],
  [48, 25],
  [24, 10],
] as const
const byStatus: Record<string, number> = {
  ISSUE: 25,
  RETURNED: 25,
  IN_OFFICE: 20,
  IN_TRANSIT: 10,
  OUT_FOR_DELIVERY: 10,
}

export function scoreOf(facts: Facts, risk: Risk, now: Date): Score {
  if (facts.isFinal) return { total: 0, level: "LOW", parts: [] }
  const all: { part: Part; points: number }[] = [
    { part: "time", points: pointsOfTime(facts.movedAt, now) },
    { part: "status", points: byStatus[facts.canonical ?? ""] ?? 5 },
    { part: "novedad", points: facts.novedad?.trim() ? 15 : 0 },
    { part: "city", points: risk.cities.has(facts.city) ? 5 : 0 },
    { part: "carrier", points: risk.carriers.has(facts.carrier) ? 5 : 0 },
  ]
  const parts = all.filter(({ points }) => points > 0)
  const total = Math.min(
    100,
    parts.reduce((sum, { points }) => sum + points, 0),
  )
  return { total, level: levelOf(total), parts }
}

export const highFrom = 70
export const mediumFrom = 40

export function levelOf(total: number): Level {
  if (total >= highFrom) return "HIGH"
  return total >= mediumFrom ? "MEDIUM" : "LOW"
}

function pointsOfTime(movedAt: Date | null, now: Date): number {
  if (movedAt === null) return 25
  const hours = (now.getTime() - movedAt.getTime()) / hour
  return byHours.find(([least]) => hours >= least)?.[1] ?? 0
}
