// Where every random choice of a test comes from. Fixed, so that the same code has the same outcome; HILO_SEED=NUMBER takes
// another seed, HILO_SEED=random any. What falls says its seed.
import fc from "fast-check"

const wish = process.env["HILO_SEED"] ?? "20261129"

export const seed = wish === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(wish)
if (!Number.isInteger(seed)) throw new Error(`HILO_SEED must be a whole number or "random", not ${wish}`)

fc.configureGlobal({ seed })

export { fc }
