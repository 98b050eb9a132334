import swagger from "@fastify/swagger"
import swaggerUi from "@fastify/swagger-ui"
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod"
import type { Server } from "./server.ts"

// The page runs its own scripts, asks only us, and stands in nobody's frame.
const pageHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
}

/** Publishes what the routes say of themselves; must be registered before them. */
export async function openApi(app: Server, info: { title: string; version: string; description: string }) {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info,
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "An API key, `hilo_…`" },
          session: { type: "apiKey", in: "cookie", name: "hilo_session" },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(async (scope) => {
    scope.addHook("onRequest", async (_request, reply) => void reply.headers(pageHeaders))
    await scope.register(swaggerUi, { routePrefix: "/docs", uiConfig: { docExpansion: "list" } })
  })
  app.get("/api/v1/openapi.json", { config: { access: "public" }, schema: { hide: true } }, async () => app.swagger())
}
