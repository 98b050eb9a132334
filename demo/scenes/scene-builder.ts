// Scenes whose acts are given in minutes before now.
import type { Customer } from "../staff-and-customers.ts"
import type { Scene, SceneAct } from "./scene.ts"

type WithoutTime = SceneAct extends infer A ? (A extends { at: Date } ? Omit<A, "at"> : never) : never
export type TimedAct = [minutesAgo: number, act: WithoutTime]
export type SceneBuilder = (
  connection: Scene["connection"],
  customer: Customer,
  agent: Scene["agent"],
  told: TimedAct[],
  group?: string,
) => Scene

export const day = 1_440

export const person = (n: number, name: string, language: "es" | "en" = "es"): Customer => ({
  name,
  language,
  phone: `+57300555${9_000 + n}`,
})
export const say = (text: string, by?: Customer): WithoutTime => ({ does: "say", text, ...(by && { by }) })
export const answer = (text: string): WithoutTime => ({ does: "answer", text })
export const note = (text: string): WithoutTime => ({ does: "note", text })
export const close: WithoutTime = { does: "close" }
export const call = (subject: string, description: string, priority?: "low" | "high" | "urgent"): WithoutTime => ({
  does: "open",
  subject,
  description,
  channel: "phone",
  ...(priority && { priority }),
})

export const createSceneBuilder =
  (now: Date): SceneBuilder =>
  (connection, customer, agent, told, group) => ({
    connection,
    customer,
    agent,
    ...(group && { group }),
    acts: told.map(([ago, act]) => ({ ...act, at: new Date(now.getTime() - ago * 60_000) })),
  })
