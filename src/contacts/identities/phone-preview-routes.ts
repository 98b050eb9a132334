import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { plainText } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { can } from "#people/index.ts"
import { parsePhone } from "#privacy/index.ts"
import { readSetting } from "#settings/index.ts"
import { phoneAnswer } from "../api-contract.ts"
import { identityOf } from "./normalize-address.ts"

/** How a phone that is being typed would be read, so that its country is seen before it is saved. */
export function phoneRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/phones",
    {
      config: { access: can.seeContacts },
      schema: {
        tags: ["Contacts"],
        summary: "How a typed phone would be read",
        querystring: z.strictObject({ text: plainText(100, 1) }),
        response: { 200: phoneAnswer },
      },
    },
    async (request) => {
      const home = await readSetting(kit.db, "desk.country")
      const read = parsePhone(request.query.text, home)
      const identity = read && identityOf(read.number, { kind: "phone", scope: "" })
      if (!read || !identity) return { home, read: null }
      const { value, display = value } = identity
      return { home, read: { value, display, country: read.country, isLocal: read.isLocal } }
    },
  )
}
