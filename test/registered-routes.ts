// Every route that an app of this test file registers, with what it says of itself. Import it before the app is made.
import { subscribe } from "node:diagnostics_channel"
import type { FastifyInstance, RouteOptions } from "fastify"
import type { z } from "zod"

export type Route = {
  method: string
  url: string
  access: unknown
  body: z.ZodType | undefined
  querystring: z.ZodType | undefined
  /** What it answers, by status. */
  response: Record<string, z.ZodType>
  takesForms: boolean
}

export const routes: Route[] = []

type Schemas = { body?: z.ZodType; querystring?: z.ZodType; response?: Record<string, z.ZodType> }

subscribe("fastify.initialization", (message) => {
  const { fastify } = message as {
    fastify: { addHook: (name: "onRoute", hook: (this: FastifyInstance, route: RouteOptions) => void) => void }
  }
  fastify.addHook("onRoute", function ({ method, url, config, schema }) {
    const takesForms = this.hasContentTypeParser("multipart/form-data")
    const { body, querystring, response = {} } = (schema ?? {}) as Schemas
    for (const one of [method].flat()) {
      if (one !== "HEAD")
        routes.push({ method: one, url, access: config?.access, body, querystring, response, takesForms })
    }
  })
})
