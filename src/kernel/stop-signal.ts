// Asks to stop come twice when a whole process group gets them: once directly, once passed on by npm or the launcher.
const oneAskMs = 2_000

/** Calls `stop` at the first ask. An ask that comes later than the echo of the first means "now": the process ends. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let first: number | undefined
  const ask = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = performance.now()
      stop(signal)
    } else if (performance.now() - first > oneAskMs) process.exit(1)
  }
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, ask)
}
