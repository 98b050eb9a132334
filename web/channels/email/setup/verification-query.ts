// The test of a mailbox: asked for by a click, and kept with the connection.
import { request } from "../../../lib/api-client.ts"
import { useAct } from "../../../lib/use-act-on-server.ts"

// The server waits half a minute for the mail to arrive, and for its servers besides.
const timeoutMs = 90_000

export const useVerification = () =>
  useAct({
    run: (id: string) => request("POST", `/connections/${id}/verification`, { body: {}, timeoutMs }),
    stale: [["connections"], ["mailbox-health"]],
    refused: "in the form",
  })
