/** A random key. crypto.randomUUID exists only on https and localhost; a desk on a plain local network has neither. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
