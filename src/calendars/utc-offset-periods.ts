/** A stretch of time in which the clocks of a zone are set the same way. All in milliseconds; `until` may be Infinity. */
export type OffsetPeriod = { from: number; until: number; offset: number }

/** The periods of the zone from the instant `from` on. */
export function* offsetPeriods(timezone: string, from: number): Generator<OffsetPeriod> {
  let start = from
  let clock: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone)
  while (clock !== null) {
    const next: Temporal.ZonedDateTime | null = clock.getTimeZoneTransition("next")
    const until: number = next?.epochMilliseconds ?? Infinity
    yield { from: start, until, offset: clock.offsetNanoseconds / 1_000_000 }
    start = until
    clock = next
  }
}
