import type { LinkedSystemKind } from "../api-contract.ts"
import type { SystemHook } from "../systems/system-hook.ts"
import { systemRegistry } from "../systems/system-registry.ts"

/** The hooks of all kinds of systems, each with its kind. */
export const registeredHooks = (): [LinkedSystemKind, SystemHook][] =>
  Object.entries(systemRegistry).flatMap(([kind, { hooks = [] }]) =>
    hooks.map((hook): [LinkedSystemKind, SystemHook] => [kind as LinkedSystemKind, hook]),
  )
