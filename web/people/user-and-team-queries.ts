import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { Language } from "#texts/contract.ts"
import { getAll, patch, post, postIdempotent, remove } from "../lib/api-client.ts"
import type { Role } from "../session/session.ts"
import type { Presence } from "../ui/presence-dot.tsx"

/** Agents see of one another only id, name and teams; administrators see the rest. */
export interface User {
  id: string
  name: string
  presence?: Presence
  email?: string
  role?: Role
  teams?: { id: string; name: string }[]
  teamIds?: string[]
  capacity?: number
  canSignIn?: boolean
  disabled?: boolean
  disabledAt?: string | null
}

export interface Team {
  id: string
  name: string
  isDefault: boolean
  memberIds: string[]
  leadIds: string[]
  autoAssign: string[]
}

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => getAll<User>("/users", signal),
  staleTime: 60_000,
})

/** Without the customers, who may be many thousands. */
export const staffQuery = queryOptions({
  queryKey: ["users", "staff"],
  queryFn: ({ signal }) => getAll<User>("/users?role=agent&role=lead&role=admin", signal),
  staleTime: 60_000,
})

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => getAll<Team>("/teams", signal),
  staleTime: 60_000,
})

/** Everyone who can have a ticket, for names and choices. */
export function useStaffAndTeams(): { users: User[]; teams: Team[] } {
  const users = useQuery(staffQuery).data?.items ?? []
  const teams = useQuery(teamsQuery).data?.items ?? []
  return { users, teams }
}

export const isDisabled = (user: User) => user.disabled === true || Boolean(user.disabledAt)
export const teamIdsOf = (user: User) => user.teamIds ?? user.teams?.map((team) => team.id) ?? []

export interface NewUser {
  email: string
  name: string
  role: Role
  teamIds: string[]
  capacity: number
  language: Language
}

export type UserChange = Partial<NewUser> & { disabled?: boolean }

export function useUserMutations() {
  const client = useQueryClient()
  const onSuccess = () =>
    Promise.all([client.invalidateQueries({ queryKey: ["users"] }), client.invalidateQueries({ queryKey: ["teams"] })])
  return {
    create: useMutation({ mutationFn: (body: NewUser) => postIdempotent<User>("/users", body), onSuccess }),
    change: useMutation({
      mutationFn: ({ id, ...body }: UserChange & { id: string }) => patch<User>(`/users/${id}`, body),
      onSuccess,
    }),
  }
}

export interface Invitation {
  link: string | null
  mailedTo: string | null
  expiresAt: string
}

export const useInvite = () =>
  useMutation({ mutationFn: (id: string) => post<Invitation>(`/users/${id}/invitation`, {}) })

export interface TeamChange {
  name?: string
  memberIds?: string[]
  leadIds?: string[]
  autoAssign?: string[]
  isDefault?: boolean
}

export function useTeamMutations() {
  const client = useQueryClient()
  const onSuccess = () =>
    Promise.all(["teams", "users", "me"].map((key) => client.invalidateQueries({ queryKey: [key] })))
  return {
    create: useMutation({ mutationFn: (body: TeamChange) => postIdempotent<Team>("/teams", body), onSuccess }),
    change: useMutation({
      mutationFn: ({ id, ...body }: TeamChange & { id: string }) => patch<Team>(`/teams/${id}`, body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => remove(`/teams/${id}`), onSuccess }),
  }
}
