// The kinds of linked systems as the settings know them, in the order in which they are offered. A third one is a line here.
import type { LinkedSystemKind } from "#agreements/api-contract.ts"
import { gestionRealSetup } from "./gestion-real-setup.tsx"
import type { LinkedSystemKindSetup } from "./linked-system-kind-type.ts"
import { splynxSetup } from "./splynx-setup.tsx"

export const linkedSystemKinds: Record<LinkedSystemKind, LinkedSystemKindSetup> = {
  splynx: splynxSetup,
  gestionreal: gestionRealSetup,
}
