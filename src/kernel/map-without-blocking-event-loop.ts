import { setImmediate as nextTurn } from "node:timers/promises"

const longestTurnMs = 8

/** Maps a long list without keeping everybody else waiting: after some milliseconds others have their turn. */
export async function mapYielding<T, R>(items: readonly T[], map: (item: T, nth: number) => R): Promise<R[]> {
  const done: R[] = []
  let since = performance.now()
  for (const [nth, item] of items.entries()) {
    done.push(map(item, nth))
    if (performance.now() - since < longestTurnMs) continue
    await nextTurn()
    since = performance.now()
  }
  return done
}
