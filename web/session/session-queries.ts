import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import type { changeMeBody, Me as OnServer, setUpBody } from "#people/api-contract.ts"
import { clearOutbox } from "../tickets/messages/outbox.ts"
import { clearFormDrafts } from "../lib/form-draft-storage.ts"
import { get, patch, post, put, remove } from "../lib/api-client.ts"
import { useAct } from "../lib/use-act-on-server.ts"

export type Me = OnServer
export type Role = Me["role"]

interface Session {
  user: { id: string } | null
  setupNeeded: boolean
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => get<Session>("/session", signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => get<Me>("/me", signal),
  staleTime: 60_000,
})

/** Inside the signed-in frame, which has loaded it. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (!data) throw new Error("who is signed in is not loaded")
  return data
}

/** After signing in, or as somebody else, everything is loaded anew. */
const entering = {
  refused: "in the form",
  done: (_answer: unknown, _input: unknown, client: QueryClient) => void client.resetQueries(),
} as const

export const useSignIn = () =>
  useAct({ ...entering, run: (body: { email: string; password: string }) => post("/session", body) })

export type FirstAccount = z.input<typeof setUpBody>

export const useSetUp = () => useAct({ ...entering, run: (body: FirstAccount) => post("/setup", body) })

export const useSendSignInLink = () =>
  useAct({ run: (email: string) => post("/session/link", { email }), refused: "in the form" })

/** With a link that was given or mailed. */
export const useChoosePassword = () =>
  useAct({
    ...entering,
    run: (body: { token: string; password: string }) => put<{ user: Me }>("/session/password", body),
  })

export const useRevokeMyKeys = () => useAct({ run: () => remove("/me/keys"), stale: [[]], refused: "in the form" })

export const useSignOut = () =>
  useAct({
    run: () => remove("/session"),
    done: (_answer, _input, client) => {
      clearOutbox()
      clearFormDrafts()
      client.clear()
      location.assign("/sign-in")
    },
  })

export type MyChanges = z.input<typeof changeMeBody>

export const useChangeMe = () =>
  useAct({ run: (body: MyChanges) => patch<Me>("/me", body), stale: [["me"]], refused: "in the form" })
