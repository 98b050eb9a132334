// Named after what they prevent: the defects of the assignment that Hilo's source document shows.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  type Agent,
  choose,
  chooseForQueue,
  applyChoice,
  type Rule,
  type Team,
  type TicketToRoute,
  type RoutingSnapshot,
} from "./choose-agent.ts"
import type { ConditionFacts } from "#conditions/evaluate-conditions.ts"

const facts = (more: Partial<ConditionFacts> = {}): ConditionFacts => ({
  kind: "support",
  subject: "",
  description: "",
  priority: "medium",
  channel: "web",
  tags: [],
  categoryId: [],
  connectionId: null,
  teamId: null,
  customFields: {},
  "customer.tier": null,
  "customer.email": [],
  "customer.language": null,
  ...more,
})

const ticket = (more: Partial<TicketToRoute> = {}): TicketToRoute => ({
  facts: facts(),
  kind: "support",
  weight: 1,
  teamId: "home",
  assigneeId: null,
  isGroup: false,
  teamGiven: false,
  ...more,
})

const agent = (id: string, more: Partial<Agent> = {}): Agent => ({
  id,
  presence: "online",
  load: 0,
  capacity: 20,
  teamIds: ["home"],
  ...more,
})

function snapshot(agents: Agent[], rules: Partial<Rule>[] = [], teams: Partial<Team>[] = []): RoutingSnapshot {
  const home: Team = { id: "home", isDefault: true, autoAssign: ["support"], turn: null, hasBacklog: false }
  const all = [home, ...teams.map((team) => ({ ...home, isDefault: false, ...team }))]
  return {
    agents: new Map(agents.map((one) => [one.id, one])),
    teams: new Map(all.map((team) => [team.id, team])),
    rules: rules.map((rule, i) => ({
      id: `rule${i + 1}`,
      version: 1,
      enabled: true,
      conditions: [],
      action: { type: "round_robin" },
      ...rule,
    })),
  }
}

/** Gives out one after another, as the router does. */
function inRow(count: number, here: RoutingSnapshot): (string | null)[] {
  return Array.from({ length: count }, () => {
    const toRoute = ticket()
    const choice = choose(toRoute, here)
    applyChoice(here, toRoute, choice)
    return choice.agentId
  })
}
const outcome = (toRoute: TicketToRoute, here: RoutingSnapshot) => {
  const { agentId, teamId, why } = choose(toRoute, here)
  return [agentId, teamId, why.code]
}
const reasons = (toRoute: TicketToRoute, here: RoutingSnapshot) =>
  choose(toRoute, here).why.rejected.map(({ candidate, because }) => `${candidate} ${because}`)

test("40–42: turns go on by id from the agent who had the last one, no matter who came or left meanwhile", () => {
  const here = snapshot([agent("a"), agent("b"), agent("c")])
  assert.deepEqual(inRow(4, here), ["a", "b", "c", "a"])
  here.agents.delete("a")
  assert.deepEqual(inRow(2, here), ["b", "c"])
  const back = { ...here, agents: new Map(["a", "b", "bb", "c"].map((id) => [id, agent(id)])) }
  assert.deepEqual(inRow(5, back), ["a", "b", "bb", "c", "a"])
  back.agents.get("b")!.presence = "offline"
  assert.deepEqual(inRow(3, back), ["bb", "c", "a"])
  back.agents.get("b")!.presence = "online"
  assert.deepEqual(inRow(2, back), ["b", "bb"])
})

test("43: who is full is passed over; when all are, the team is set and the ticket waits", () => {
  const here = snapshot([agent("a", { capacity: 1 }), agent("b", { capacity: 2 })])
  assert.deepEqual(inRow(4, here), ["a", "b", "b", null])
  const choice = choose(ticket({ teamId: null }), here)
  assert.deepEqual([choice.teamId, choice.waits, choice.why.code], ["home", true, "everybody_full"])
  assert.deepEqual(reasons(ticket(), here), ["a full", "b full"])
  here.agents.get("a")!.load = 0
  assert.equal(chooseForQueue(ticket(), "home", here)!.agentId, "a")
  assert.equal(chooseForQueue(ticket({ weight: 1.5 }), "home", here), null)
})

test("43b: a newcomer never overtakes those that wait", () => {
  const here = snapshot([agent("a")], [], [])
  here.teams.get("home")!.hasBacklog = true
  assert.deepEqual(outcome(ticket(), here), [null, "home", "older_first"])
})

test("44: online goes before busy, busy before nobody; away and offline never", () => {
  const here = snapshot([
    agent("a", { presence: "busy" }),
    agent("b"),
    agent("c", { presence: "away" }),
    agent("d", { presence: "offline" }),
  ])
  assert.deepEqual(inRow(3, here), ["b", "b", "b"])
  here.agents.get("b")!.capacity = 3
  assert.deepEqual(inRow(2, here), ["a", "a"])
  here.agents.get("a")!.presence = "away"
  assert.deepEqual(outcome(ticket(), here), [null, "home", "everybody_full"])
  here.agents.get("b")!.presence = "offline"
  assert.deepEqual(outcome(ticket(), here), [null, "home", "nobody_there"])
  assert.deepEqual(reasons(ticket(), here), ["a away", "b offline", "c away", "d offline"])
})

test("46: without a default team nothing crashes, the ticket just stays", () => {
  const here = snapshot([agent("a")])
  here.teams.clear()
  assert.deepEqual(outcome(ticket({ teamId: null }), here), [null, null, "no_team"])
})

test("54: a rule asks of the customer, not of the author; tags by member", () => {
  const vip = {
    conditions: [{ field: "customer.tier", operator: "equals", value: "vip" }],
    action: { type: "assign_agent" as const, agentId: "z" },
  }
  const here = snapshot([agent("a"), agent("z", { teamIds: ["vips"] })], [vip], [{ id: "vips" }])
  assert.deepEqual(outcome(ticket(), here), ["a", "home", "next_in_turn"])
  assert.deepEqual(outcome(ticket({ facts: facts({ "customer.tier": "VIP" }) }), here), ["z", "vips", "rule_agent"])
})

test("54b: a disabled rule is not asked; a missing agent or team, an empty team, a full or absent agent lets the next rule speak", () => {
  const to = (agentId: string) => ({ action: { type: "assign_agent" as const, agentId } })
  const team = (teamId: string) => ({ action: { type: "assign_team" as const, teamId } })
  const rules = [
    { enabled: false },
    to("gone"),
    to("off"),
    to("away"),
    to("full"),
    team("none"),
    team("empty"),
    team("sales"),
  ]
  const agents = [
    agent("off", { presence: "offline" }),
    agent("away", { presence: "away" }),
    agent("full", { capacity: 0 }),
    agent("x", { teamIds: ["sales"] }),
  ]
  const here = snapshot(agents, rules, [{ id: "empty" }, { id: "sales" }])
  assert.deepEqual(outcome(ticket(), here), [null, "sales", "rule_team"])
  assert.deepEqual(reasons(ticket(), here), [
    "rule2 agent_gone",
    "rule3 offline",
    "rule4 away",
    "rule5 full",
    "rule6 team_gone",
    "rule7 team_empty",
  ])
})

test("54c: a rule's round robin turns in its own team, and waits there when all are full", () => {
  const here = snapshot(
    [agent("a"), agent("x", { teamIds: ["sales"], capacity: 1 })],
    [{ action: { type: "round_robin", teamId: "sales" } }],
    [{ id: "sales" }],
  )
  assert.deepEqual(inRow(2, here), ["x", null])
  const choice = choose(ticket(), here)
  assert.deepEqual([choice.teamId, choice.waits], ["sales", true])
})

test("55: a rule without conditions always holds", () => {
  const here = snapshot([agent("a"), agent("b")], [{ conditions: [], action: { type: "assign_agent", agentId: "b" } }])
  assert.deepEqual(outcome(ticket(), here), ["b", "home", "rule_agent"])
})

test("56: no rule takes a ticket out of the team that somebody chose for it", () => {
  const here = snapshot(
    [agent("a"), agent("x", { teamIds: ["sales"] })],
    [{ action: { type: "assign_team", teamId: "sales" } }],
    [{ id: "sales" }],
  )
  assert.deepEqual(outcome(ticket({ teamGiven: true }), here), ["a", "home", "next_in_turn"])
  assert.deepEqual(outcome(ticket(), here), [null, "sales", "rule_team"])
})

test("kinds that the team does not give out are left to it, unless a rule takes them to a team that does", () => {
  const conversation = ticket({ kind: "conversation" })
  const here = snapshot([agent("a")], [{ action: { type: "round_robin" } }])
  assert.deepEqual(outcome(conversation, here), [null, "home", "team_picks"])
  const there = snapshot(
    [agent("x", { teamIds: ["chat"] })],
    [{ action: { type: "round_robin", teamId: "chat" } }],
    [{ id: "chat", autoAssign: ["conversation"] }],
  )
  assert.deepEqual(outcome(conversation, there), ["x", "chat", "next_in_turn"])
})

test("what came back stays with its agent if they are there, even full; else it is given out anew", () => {
  const here = snapshot([agent("a", { capacity: 0 }), agent("b")])
  assert.deepEqual(outcome(ticket({ assigneeId: "a" }), here), ["a", "home", "kept_agent"])
  here.agents.get("a")!.presence = "away"
  assert.deepEqual(outcome(ticket({ assigneeId: "a" }), here), ["b", "home", "next_in_turn"])
  assert.deepEqual(reasons(ticket({ assigneeId: "a" }), here), ["a away", "a away"])
  assert.deepEqual(outcome(ticket({ assigneeId: "gone" }), here), ["b", "home", "next_in_turn"])
  assert.deepEqual(outcome(ticket({ assigneeId: "gone", isGroup: true }), here), ["gone", "home", "kept_group"])
})
