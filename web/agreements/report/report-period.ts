/** Over how many of the last days. */
export const periods = [7, 30, 90, 365] as const
export type Period = (typeof periods)[number]

type ReportSearch = { days?: Period }

/** What the address says of the report; anything else in it is passed over. */
export function readReportPeriod(search: Record<string, unknown>): ReportSearch {
  const days = periods.find((period) => period === Number(search["days"]))
  return days === undefined ? {} : { days }
}
