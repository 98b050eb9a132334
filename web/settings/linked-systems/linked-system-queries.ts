import type { z } from "zod"
import type { LinkedSystem as OnServer, systemTest } from "#agreements/api-contract.ts"
import { post } from "../../lib/api-client.ts"
import type { Json } from "../../lib/json-type.ts"
import { useAct } from "../../lib/use-act-on-server.ts"

export type LinkedSystem = Json<OnServer>
/** Of the API; the key of the cache, too. */
export const linkedSystemsPath = "links/systems"

/** Asks the system with what is stored for it. */
export const useTestSystem = (id: string) =>
  useAct({
    run: () => post<z.infer<typeof systemTest>>(`/${linkedSystemsPath}/${id}/test`),
    // Whether it answers stands in the list, too.
    stale: [[linkedSystemsPath]],
    refused: "in the form",
  })
