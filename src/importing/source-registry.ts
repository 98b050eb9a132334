// The tools from which Hilo imports, each a file of its own in sources/.
import { chatwoot } from "./sources/chatwoot.ts"
import { freshdesk } from "./sources/freshdesk.ts"
import { hilo } from "./sources/hilo-import-format.ts"
import { osticket } from "./sources/osticket.ts"
import { zammad } from "./sources/zammad.ts"
import type { Source } from "./sources/source.ts"
import { zendesk } from "./sources/zendesk.ts"

const all = { hilo, zendesk, freshdesk, chatwoot, zammad, osticket } satisfies Record<string, Source>
export type SourceName = keyof typeof all
export const sources: Record<SourceName, Source> = all
export const sourceNames = Object.keys(all) as SourceName[]
