const inParallel = 6

/** Does the work for all of them, for six at a time, and begins in their order. */
export async function severalAtOnce<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const left = [...all]
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: inParallel }, worker))
}
