import { queryOptions } from "@tanstack/react-query"
import type { SignInState as OnServer } from "#connections/oauth/api-contract.ts"
import { get, request } from "../../../lib/api-client.ts"
import type { Json } from "../../../lib/json-type.ts"
import { useAct } from "../../../lib/use-act-on-server.ts"

export const signInQuery = (id: string) =>
  queryOptions({
    queryKey: ["connection-sign-in", id],
    queryFn: ({ signal }) => get<Json<OnServer>>(`/connections/${id}/oauth`, signal),
  })

/** The browser goes on to the provider, and comes back to the page of the connection. */
export const useSignIn = () =>
  useAct({
    run: (id: string) => request<{ authorizationUrl: string }>("POST", `/connections/${id}/oauth`, { body: {} }),
    done: ({ authorizationUrl }) => location.assign(authorizationUrl),
    refused: "in the form",
  })
