import { useSyncExternalStore } from "react"

/** A value outside of React that several places look at. */
export function createSharedState<T>(first: T) {
  let now = first
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const get = () => now
  const set = (next: T) => {
    now = next
    for (const listener of listeners) listener()
  }
  return { get, set, use: () => useSyncExternalStore(subscribe, get) }
}
