import swagger from "@fastify/swagger"
import swaggerUi from "@fastify/swagger-ui"
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod"
import type { Server } from "./http.ts"

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
  await app.register(swaggerUi, { routePrefix: "/docs", uiConfig: { docExpansion: "list" } })
  app.get("/api/v1/openapi.json", { config: { access: "public" }, schema: { hide: true } }, async () => app.swagger())
}
