import { z } from "zod"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { invalidField, notFound } from "#kernel/errors.ts"
import type { Access, Server } from "#kernel/http/server.ts"
import { cursorOf, pageSchema, pageQuery, readCursor } from "#kernel/http/pagination.ts"
import { changeSetting } from "./change-setting.ts"
import { clearSettingsCache, readSettings } from "./read-setting.ts"
import { isSettingName, type SettingName, settingNames, settings, type SettingValues } from "./setting-definitions.ts"

const tags = ["Settings"]
const path = "/api/v1/settings"
const shown = z
  .object({ name: z.string(), value: z.unknown(), default: z.unknown(), meaning: z.string() })
  .meta({ id: "Setting" })
const params = z.object({ name: z.string() })
const listQuery = z.strictObject(pageQuery)
const page = pageSchema(shown)

/** `access` says who may see and change settings; settings stand below the module that knows people. */
export function settingsRoutes(app: Server, kit: Kit, access: Access) {
  app.get(
    path,
    {
      config: { access },
      schema: { tags, summary: "All settings, with what each means", querystring: listQuery, response: { 200: page } },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const after = Number(readCursor(cursor, 1)?.[0] ?? 0)
      if (!(after >= 0)) throw invalidField("cursor", "must be the nextCursor of the same list")
      const values = await readSettings(kit.db)
      const items = settingNames.slice(after, after + limit).map((name) => show(name, values))
      const end = after + items.length
      const nextCursor = end < settingNames.length ? cursorOf([end]) : null
      return { items, nextCursor, total: settingNames.length, totalIsCapped: false }
    },
  )

  app.get(
    `${path}/:name`,
    { config: { access }, schema: { tags, summary: "One setting", params, response: { 200: shown } } },
    async (request) => show(known(request.params.name), await readSettings(kit.db)),
  )

  app.put(
    `${path}/:name`,
    {
      config: { access },
      schema: {
        tags,
        summary: "Change a setting",
        params,
        body: z.strictObject({ value: z.unknown() }),
        response: { 200: shown },
      },
    },
    async (request) => {
      const name = known(request.params.name)
      await inTransaction(kit.db, { actor: request.actor, now: kit.now() }, (act) =>
        changeSetting(act, name, request.body.value),
      )
      clearSettingsCache(kit.db)
      return show(name, await readSettings(kit.db))
    },
  )
}

function known(name: string): SettingName {
  if (!isSettingName(name)) throw notFound("setting")
  return name
}

const show = (name: SettingName, values: SettingValues) => ({
  name,
  value: values[name],
  default: settings[name].fallback,
  meaning: settings[name].meaning,
})
