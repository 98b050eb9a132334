// Which deliveries have to be processed one after the other. Pure.

/**
 * Groups what bears a name in common, also by way of others, each group in the order of its positions. What belongs to one
 * group or person has to be processed in that order; groups may be processed at the same time.
 */
export function groupByPerson<One extends { position: number }>(
  deliveries: readonly One[],
  namesOf: (delivery: One) => string[],
): One[][] {
  const next = new Map<string, string>()
  const rootOf = (name: string): string => {
    let root = name
    for (let up = next.get(root); up !== undefined; up = next.get(root)) root = up
    // Later looks find it at once.
    for (let at = name; at !== root;) {
      const up = next.get(at)!
      next.set(at, root)
      at = up
    }
    return root
  }
  const named = deliveries.map((delivery) => ({ delivery, names: namesOf(delivery) }))
  for (const { names } of named) {
    for (const name of names) {
      const [from, to] = [rootOf(name), rootOf(names[0]!)]
      if (from !== to) next.set(from, to)
    }
  }
  const groups = Map.groupBy(named, ({ names }) => rootOf(names[0]!))
  return [...groups.values()].map((group) =>
    group.map(({ delivery }) => delivery).toSorted((a, b) => a.position - b.position),
  )
}
