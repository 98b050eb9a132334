import type { LinkedSystemKind } from "../api-contract.ts"
import { gestionReal } from "../gestionreal/gestion-real-kind.ts"
import { splynx } from "../splynx/splynx-kind.ts"
import type { SystemKind } from "./system-kind.ts"

export const systemRegistry: Record<LinkedSystemKind, SystemKind> = { splynx, gestionreal: gestionReal }
