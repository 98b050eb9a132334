import { queryOptions, useQueryClient } from "@tanstack/react-query"
import type { SignInState as OnServer } from "#connections/oauth/api-contract.ts"
import { get, request } from "../../../lib/api-client.ts"
import type { Json } from "../../../lib/json-type.ts"
import { useAct } from "../../../lib/use-act-on-server.ts"

export const signInQuery = (id: string) =>
  queryOptions({
    queryKey: ["connection-sign-in", id],
    queryFn: ({ signal }) => get<Json<OnServer>>(`/connections/${id}/oauth`, signal),
  })

const beginSignIn = (id: string) =>
  request<{ authorizationUrl: string }>("POST", `/connections/${id}/oauth`, { body: {} })

/** The browser goes on to the provider, and comes back to the page of the connection. */
export const useSignIn = () =>
  useAct({
    run: beginSignIn,
    done: ({ authorizationUrl }) => location.assign(authorizationUrl),
    refused: "in the form",
  })

/** The same, unless the connection is signed in: then there is nothing to wait for. */
export function useSignInIfNeeded(whenSignedIn: (id: string) => void) {
  const client = useQueryClient()
  return useAct({
    run: async (id: string) => {
      const { state } = await client.fetchQuery({ ...signInQuery(id), staleTime: 0 })
      return state === "signed_in" ? null : beginSignIn(id)
    },
    done: (begun, id) => (begun ? location.assign(begun.authorizationUrl) : whenSignedIn(id)),
    refused: "in the form",
  })
}
