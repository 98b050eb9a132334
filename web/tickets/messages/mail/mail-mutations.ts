// What staff do with a mail besides answering it.
import { remove } from "../../../lib/api-client.ts"
import { useAct } from "../../../lib/use-act-on-server.ts"

/** It is not suggested again. */
export const useDismissSuggestion = (ref: string) =>
  useAct({ run: (other: string) => remove(`/tickets/${ref}/suggested-links/${other}`), stale: [["ticket", ref]] })
