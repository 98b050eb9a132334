// Loaded before a server by tests: its wall clock is wrong by TEST_CLOCK_AHEAD_MS. Timers are as ever.
const Real = Date
const aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS)
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Real.now() + aheadMs]))
  }
  static now() {
    return Real.now() + aheadMs
  }
}
