import type { FastifyRequest } from "fastify"
import type { Principal } from "#people/index.ts"

/** A browser makes its keys by chance; a program may have made them of a person's number, and has ids of its own. */
export const clientKeyOf = ({ headers }: FastifyRequest, who: Principal): string | undefined =>
  who.kind === "user" ? String(headers["idempotency-key"] ?? "") || undefined : undefined
