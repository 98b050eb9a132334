import type { FastifyReply } from "fastify"
import { sessionCookie } from "./authenticate.ts"
import { sessionDays } from "./sign-in.ts"

const attributes = (publicUrl: string) => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: publicUrl.startsWith("https:"),
})

export function giveSession(reply: FastifyReply, token: string, publicUrl: string) {
  reply.setCookie(sessionCookie, token, { ...attributes(publicUrl), maxAge: sessionDays * 86_400 })
}

export function takeSession(reply: FastifyReply, publicUrl: string) {
  reply.clearCookie(sessionCookie, attributes(publicUrl))
}
