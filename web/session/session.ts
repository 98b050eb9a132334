import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Language } from "#texts/contract.ts"
import type { Presence } from "../ui/presence-dot.tsx"
import { clearOutbox } from "../tickets/messages/outbox.ts"
import { clearFormDrafts } from "../lib/form-draft-storage.ts"
import { get, patch, post, put, remove } from "../lib/api-client.ts"

export type Role = "user" | "agent" | "lead" | "admin"

export interface Me {
  id: string
  email: string
  name: string
  role: Role
  language: Language
  timezone: string
  hasPassword?: boolean
  apiKeys: number
  presence?: Presence
  teams: { id: string; name: string }[]
  can: {
    manageConnections?: boolean
    manageUsers?: boolean
    manageKeys?: boolean
    manageCampaigns?: boolean
    manageCategories?: boolean
    manageCustomFields?: boolean
    manageRules?: boolean
    seeAudit?: boolean
    overrideAssignment?: boolean
    confirmIdentities?: boolean
    manageSettings?: boolean
  }
}

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

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => post("/session", body),
    onSuccess: () => client.resetQueries(),
  })
}

export interface FirstAccount {
  token: string
  name: string
  email: string
  password: string
  language: Language
  timezone?: string
  country?: string
  deskName?: string
}

export function useSetUp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: FirstAccount) => post("/setup", body),
    onSuccess: () => client.resetQueries(),
  })
}

export const useSendSignInLink = () => useMutation({ mutationFn: (email: string) => post("/session/link", { email }) })

/** With a link that was given or mailed. */
export function useChoosePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { token: string; password: string }) => put<{ user: Me }>("/session/password", body),
    onSuccess: () => client.resetQueries(),
  })
}

export function useRevokeMyKeys() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove("/me/keys"),
    onSuccess: () => client.invalidateQueries(),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove("/session"),
    onSuccess: () => {
      clearOutbox()
      clearFormDrafts()
      client.clear()
      location.assign("/sign-in")
    },
  })
}

export interface MyChanges {
  name?: string
  language?: Language
  timezone?: string
  password?: { current: string; new: string }
}

export function useChangeMe() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: MyChanges) => patch<Me>("/me", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["me"] }),
  })
}
