/** `make`, whose answers are kept: for what is asked with the same few arguments again and again. They are compared as JSON. */
export function memoizeByArguments<A extends unknown[], T>(make: (...given: A) => T): (...given: A) => T {
  const known = new Map<string, T>()
  return (...given) => {
    const key = JSON.stringify(given)
    if (!known.has(key)) known.set(key, make(...given))
    return known.get(key)!
  }
}
