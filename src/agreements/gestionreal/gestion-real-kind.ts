import { z } from "zod"
import { isNetwork } from "#kernel/config.ts"
import type { SystemKind } from "../systems/system-kind.ts"
import { secretSetting } from "../systems/secret-setting.ts"
import { gestionRealHooks } from "./gestion-real-hooks.ts"
import { findLastHook } from "./find-last-hook.ts"

export const gestionReal: SystemKind = {
  label: "Gestión Real",
  settings: z.strictObject({
    allowIps: z
      .array(z.string().refine(isNetwork, "must be an IP address or a network such as 10.0.0.0/8"))
      .max(50, "must be at most 50 addresses")
      .optional(),
    splynxSystemId: z.string().max(100).optional(),
  }),
  secrets: z.strictObject({ bearer: secretSetting.optional(), hmacSecret: secretSetting.optional() }),
  pairedBy: { setting: "splynxSystemId", kind: "splynx" },
  test: findLastHook,
  hooks: gestionRealHooks,
}
