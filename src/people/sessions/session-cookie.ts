import type { FastifyReply } from "fastify"
import { sessionCookie } from "../authentication/authenticate-request.ts"
import { sessionDays } from "../sign-in/sign-in.ts"

const attributes = (publicUrl: string) => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: publicUrl.startsWith("https:"),
})

export function setSessionCookie(reply: FastifyReply, token: string, publicUrl: string) {
  reply.setCookie(sessionCookie, token, { ...attributes(publicUrl), maxAge: sessionDays * 86_400 })
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string) {
  reply.clearCookie(sessionCookie, attributes(publicUrl))
}
