/** `compute`, whose last answers are kept, at most so many: the same few are asked for again and again. Pure. */
export function boundedMemo<T>(most: number, compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as T
    // The one that has been kept longest goes.
    if (known.size >= most) known.delete(known.keys().next().value!)
    const answer = compute(key)
    known.set(key, answer)
    return answer
  }
}
