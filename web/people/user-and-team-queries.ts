import { queryOptions, useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import type {
  changeTeamBody,
  changeUserBody,
  Invitation as NewInvitation,
  newTeamBody,
  newUserBody,
  Team as OnServer,
  User as Account,
} from "#people/api-contract.ts"
import { getAll, patch, post, postIdempotent, remove } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct, type InForm } from "../lib/use-act-on-server.ts"

type Colleague = Pick<Account, "id" | "name" | "presence" | "teams">

/** Agents see of one another only id, name, teams and presence; administrators see the rest. */
export type User = Colleague & Partial<Json<Account>>
export type Team = Json<OnServer>

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

/** As a team tells it. */
type AutoAssign = { autoAssign?: string[] }
type NewTeam = Omit<z.input<typeof newTeamBody>, "autoAssign"> & AutoAssign
type TeamChange = Omit<z.input<typeof changeTeamBody>, "autoAssign"> & AutoAssign

const stale = [["users"], ["teams"], ["me"]]

export function useUserMutations(refused?: InForm) {
  return {
    create: useAct({
      run: (body: z.input<typeof newUserBody>) => postIdempotent<User>("/users", body),
      stale,
      refused,
    }),
    change: useAct({
      run: ({ id, ...body }: z.input<typeof changeUserBody> & { id: string }) => patch<User>(`/users/${id}`, body),
      stale,
      refused,
    }),
  }
}

export type Invitation = Json<NewInvitation>

export const useInvite = () =>
  useAct({ run: (id: string) => post<Invitation>(`/users/${id}/invitation`, {}), refused: "in the form" })

export function useTeamMutations() {
  return {
    create: useAct({
      run: (body: NewTeam) => postIdempotent<Team>("/teams", body),
      stale,
      refused: "in the form",
    }),
    change: useAct({
      run: ({ id, ...body }: TeamChange & { id: string }) => patch<Team>(`/teams/${id}`, body),
      stale,
      refused: "in the form",
    }),
    remove: useAct({ run: (id: string) => remove(`/teams/${id}`), stale, refused: "in the form" }),
  }
}
