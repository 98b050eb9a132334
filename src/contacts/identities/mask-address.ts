import type { IdentityKind } from "../api-contract.ts"

/**
 * An address as its owner knows it again, and of which anybody else learns too little to write to: of an e-mail the first
 * sign of each side and the last name of the domain, of anything else the last two signs.
 */
export function maskAddress(kind: IdentityKind, value: string): string {
  if (kind !== "email") return `…${[...value].slice(-2).join("")}`
  const at = value.lastIndexOf("@")
  const [local, domain] = [value.slice(0, at), value.slice(at + 1)]
  const first = (text: string) => [...text].slice(0, 1).join("")
  return `${first(local)}…@${first(domain)}…${domain.slice(domain.lastIndexOf("."))}`
}
