// One clock for all that depends on the time: relative times, windows that close, what is snoozed. It ticks while somebody
// looks, once for the whole page. What is counted down has a clock of seconds, which ticks only while a countdown is shown.
function createClock(everyMs: number) {
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const listeners = new Set<() => void>()

  function tick() {
    now = Date.now()
    for (const listener of listeners) listener()
  }

  /** Ticks at once after a pause: what is shown then is true. */
  function start() {
    if (timer !== undefined || listeners.size === 0 || document.hidden) return
    tick()
    timer = setInterval(tick, everyMs)
  }

  function stop() {
    clearInterval(timer)
    timer = undefined
  }

  const onVisibility = () => (document.hidden ? stop() : start())

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    if (listeners.size === 1) document.addEventListener("visibilitychange", onVisibility)
    start()
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      document.removeEventListener("visibilitychange", onVisibility)
      stop()
    }
  }

  return { subscribe, lastTick: () => now }
}

const [halfMinutes, seconds] = [createClock(30_000), createClock(1_000)]
export const subscribeToClock = halfMinutes.subscribe
/** The time of the last tick (ms). */
export const lastTick = halfMinutes.lastTick
export const subscribeToSeconds = seconds.subscribe
/** The time of the last second's tick (ms). */
export const lastSecond = seconds.lastTick
