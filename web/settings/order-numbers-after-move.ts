// Which priorities are written when something is moved, and one after the other in what order. Pure.

export interface Ordered {
  id: string
  name: string
  priority: number
}

/**
 * `order`: all, as they are to stand. Ten apart, so that what is made elsewhere finds room between two; of those whose number changes.
 * Each is written by itself and counts at once, so none may pass another on the way: numbers that grow are written from the last
 * to the first, then those that shrink from the first to the last.
 */
export function prioritiesInOrder(order: readonly Ordered[]): { id: string; priority: number }[] {
  const wanted = order.map(({ id, priority: before }, i) => ({ id, before, priority: (i + 1) * 10 }))
  const growing = wanted.filter(({ before, priority }) => priority > before).toReversed()
  const shrinking = wanted.filter(({ before, priority }) => priority < before)
  return [...growing, ...shrinking].map(({ id, priority }) => ({ id, priority }))
}
